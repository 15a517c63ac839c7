import { describe as group, expect, it } from 'vitest';
import {
  describe,
  descriptionTensors,
  logMel80,
  mfcc39,
  simpleDescriptors,
} from '../../src/audio/index.js';
import { describedSound, differenceOf, goldenSound, tone } from './fixture.js';

group.each(['violin-0', 'speech-0'])('the description of %s', (name) => {
  const { audio, expected } = describedSound(name);
  const found = describe(audio);

  it('has the MFCC-39 that librosa 0.8 finds', () => {
    expect(differenceOf(found.mfcc39.data, expected['mfcc39']!)).toBeLessThan(1e-6);
  });

  it.each(['centroid', 'flatness', 'rolloff', 'rms', 'f0'] as const)(
    'has the %s that librosa 0.8 finds',
    (key) => expect(differenceOf(found[key], expected[key]!)).toBeLessThan(1e-5),
  );

  it('has the mel of una-GAN', () => {
    expect(differenceOf(found.log10Mel80.data, expected['log10_mel_80']!)).toBeLessThan(1e-4);
  });
});

group('the golden sound', () => {
  const audio = goldenSound();

  it('is the one of the anatomy', () => {
    const x = audio.channels[0]!;
    expect(Array.from(x.subarray(0, 3))).toEqual(
      [-0.018597758, 0.036127534, 0.126305148].map((v) => expect.closeTo(v, 7)),
    );
    expect(x.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(3467.10774, 4);
  });

  it('has the mel of the anatomy', () => {
    const { rows, columns, data } = logMel80(audio);
    expect([rows, columns]).toEqual([80, 86]);
    const at = (band: number, t: number): number => data[band * 86 + t]!;
    const found = [at(0, 0), at(10, 0), at(8, 40), at(79, 40), at(40, 84)];
    const expected = [-0.4278954, -0.13316594, 0.40170795, -1.9672, -1.7043651];
    expect(found).toEqual(expected.map((v) => expect.closeTo(v, 5)));
    expect(data.reduce((sum, v) => sum + v, 0) / data.length).toBeCloseTo(-1.7524935, 5);
    expect(Math.min(...data)).toBeCloseTo(-2.8617668, 4);
    expect(Math.max(...data)).toBeCloseTo(0.4040092, 5);
  });

  it('has the MFCCs and derivatives of the anatomy', () => {
    const { rows, data } = mfcc39(audio);
    expect(rows).toBe(22);
    const row = (t: number, c: number): number => data[t * 39 + c]!;
    const near = (v: number): unknown => expect.closeTo(v, 3);
    expect([0, 1, 2, 3, 4].map((c) => row(0, c))).toEqual(
      [-50.7319, 125.1855, 31.6963, -3.4861, 4.0585].map(near),
    );
    expect([0, 1, 2, 3, 4].map((c) => row(10, c))).toEqual(
      [-149.4727, 31.9205, 14.4739, -4.2524, -12.4806].map(near),
    );
    expect(row(21, 12)).toBeCloseTo(2.8107572, 3);
    const slopes = [-7.05181, -7.05181, -7.05181, -0.16136, 3.64917];
    const bends = [5.89789, 5.89789, 5.89789, 0.15879, 3.36626];
    const frames = [0, 1, 4, 10, 21];
    expect(frames.map((t) => row(t, 13))).toEqual(slopes.map(near));
    expect(frames.map((t) => row(t, 26))).toEqual(bends.map(near));
  });

  it('has the five simple descriptors of the anatomy', () => {
    const five = simpleDescriptors(audio);
    const first = (values: Float32Array): number[] => Array.from(values.subarray(0, 4));
    const near =
      (digits: number) =>
      (v: number): unknown =>
        expect.closeTo(v, digits);
    expect(first(five.centroid)).toEqual([3171.467, 5696.114, 5540.316, 5760.005].map(near(2)));
    expect(first(five.flatness)).toEqual([0.0032193, 0.0033669, 0.0029789, 0.0035287].map(near(7)));
    expect(first(five.rolloff)).toEqual([7708.887, 15417.773, 14728.711, 15374.707].map(near(2)));
    expect(first(five.rms)).toEqual([0.395625, 0.395609, 0.395867, 0.396392].map(near(6)));
    expect(first(five.f0)).toEqual([421.811, 421.178, 421.061, 421.23].map(near(2)));
  });

  it('is heard an octave low at the rate the original forgot to give', () => {
    const { f0 } = simpleDescriptors(audio, { f0Rate: 'halved' });
    const expected = [210.905, 210.589, 210.531, 210.615].map((v) => expect.closeTo(v, 2));
    expect(Array.from(f0.subarray(0, 4))).toEqual(expected);
  });
});

group('describing', () => {
  it('gives tensors of the shapes that are written', () => {
    const tensors = descriptionTensors(describe(goldenSound()));
    const shapes = Object.entries(tensors).map(([name, { shape }]) => [name, ...shape]);
    expect(shapes).toEqual([
      ['mfcc39', 22, 39],
      ...['centroid', 'flatness', 'rolloff', 'rms', 'f0'].map((name) => [name, 22]),
      ['log10_mel_80', 80, 86],
    ]);
  });

  it('gives silence the values of librosa', () => {
    const found = describe({ sampleRate: 44_100, channels: [new Float32Array(9000)] });
    expect(found.mfcc39.data[0]).toBeCloseTo(-1131.3708, 3);
    expect(found.mfcc39.data.subarray(1, 39).every((v) => Math.abs(v) < 1e-9)).toBe(true);
    const first = [found.centroid, found.flatness, found.rolloff, found.rms, found.f0].map(
      (values) => values[0],
    );
    expect(first).toEqual([0, 1, 0, 0, 11025].map((v) => expect.closeTo(v, 6)));
    expect(found.log10Mel80.data.every((v) => v === -5)).toBe(true);
  });

  it('hears the mean of the channels', () => {
    const left = tone(440, 0.3).channels[0]!;
    const right = tone(660, 0.3).channels[0]!;
    const mean = left.map((x, i) => (x + right[i]!) / 2);
    const stereo = describe({ sampleRate: 44_100, channels: [left, right] });
    const mono = describe({ sampleRate: 44_100, channels: [mean] });
    expect(stereo.mfcc39.data).toEqual(mono.mfcc39.data);
  });

  it.each([[22_050], [48_000]])('reads frequencies at %i Hz', (sampleRate) => {
    const { f0, centroid } = describe(tone(440, 0.5, sampleRate));
    expect(f0[4]).toBeCloseTo(440, 0);
    expect(Math.abs(centroid[4]! - 440)).toBeLessThan(5);
  });

  it.each([[256], [1000], [4620]])('has 1 + ⌊N / %i⌋ frames at that hop', (hopLength) => {
    const audio = tone(300, 1);
    const found = describe(audio, { hopLength });
    const frames = 1 + Math.floor(44_100 / hopLength);
    expect([found.mfcc39.rows, found.rms.length, found.f0.length]).toEqual([
      frames,
      frames,
      frames,
    ]);
    expect(found.mfcc39.hopLength).toBe(hopLength);
  });

  it('needs nine frames and says so', () => {
    const short = { sampleRate: 44_100, channels: [new Float32Array(8191)] };
    expect(() => mfcc39(short)).toThrow(/too short for MFCC-39: 8191 samples .*at least 8192/);
    const enough = { sampleRate: 44_100, channels: [new Float32Array(8192)] };
    expect(mfcc39(enough).rows).toBe(9);
  });

  it('refuses a sound that is not finite', () => {
    const samples = new Float32Array(9000);
    samples[7] = Number.NaN;
    expect(() => describe({ sampleRate: 44_100, channels: [samples] })).toThrow(/sample 7 is NaN/);
  });

  it('reflects a sound shorter than its padding again and again, as NumPy does', () => {
    const { rms } = simpleDescriptors({ sampleRate: 44_100, channels: [Float32Array.of(1, 0, 0)] });
    expect(rms[0]).toBeCloseTo(Math.sqrt(512 / 2048), 6);
  });
});
