import { describe, expect, it } from 'vitest';
import { griffinLim, logMel80 } from '../../../src/audio/index.js';
import type { Matrix } from '../../../src/core/index.js';
import { seededRandom } from '../../../src/core/index.js';
import type { Excerpt } from '../../../src/training/index.js';
import {
  evaluateGenerator,
  evaluateSequencer,
  evaluateVocoder,
} from '../../../src/training/index.js';
import { note, SAMPLE_RATE, whiteNoise } from './sounds.js';

const OPTIONS = { sampleRate: SAMPLE_RATE, seed: 1 };

function excerpt(samples: Float32Array, file = 'a.wav'): Excerpt {
  return { file, startSeconds: 0, samples };
}

describe('a vocoder', () => {
  const excerpts = [excerpt(note()), excerpt(note({ f0Hz: 300 }), 'b.wav')];

  it('that copies perfectly is at no distance, and Griffin–Lim is measured beside it', async () => {
    const {
      vocoder,
      griffinLim: plain,
      files,
      seconds,
    } = await evaluateVocoder(excerpts, async (recording) => recording, {
      ...OPTIONS,
      iterations: 2,
    });
    expect(vocoder).toEqual({ melDb: 0, convergence: 0, logMagnitude: 0 });
    expect(plain.melDb).toBeGreaterThan(0.5);
    expect(files.map(({ file }) => file)).toEqual(['a.wav', 'b.wav']);
    expect(seconds).toBeCloseTo(2.1, 1);
  });

  it('that is Griffin–Lim is between perfection and noise by every figure', async () => {
    const judge = (say: Parameters<typeof evaluateVocoder>[1]) =>
      evaluateVocoder(excerpts, say, { ...OPTIONS, iterations: 2 });
    const good = await judge(async (recording) =>
      griffinLim(logMel80(recording), { random: seededRandom(5), iterations: 8 }),
    );
    const bad = await judge(async ({ channels }) => ({
      sampleRate: SAMPLE_RATE,
      channels: [whiteNoise(3, channels[0]!.length)],
    }));
    expect(good.vocoder.melDb).toBeLessThan(0.3 * bad.vocoder.melDb);
    expect(good.vocoder.convergence).toBeLessThan(0.3 * bad.vocoder.convergence);
    expect(good.vocoder.logMagnitude).toBeLessThan(0.3 * bad.vocoder.logMagnitude);
    expect(bad.griffinLim).toEqual(good.griffinLim);
  });

  it('that says too little is refused', async () => {
    const mute = async () => ({ sampleRate: SAMPLE_RATE, channels: [new Float32Array(256)] });
    await expect(evaluateVocoder(excerpts, mute, OPTIONS)).rejects.toThrow('256 samples');
  });
});

describe('a generator', () => {
  const clips = [330, 440, 550, 660, 350, 420].map((f0Hz, i) => excerpt(note({ f0Hz }, i)));
  const told = (samples: (i: number) => Float32Array) => {
    let i = 0;
    return evaluateGenerator(
      clips,
      async () => logMel80({ sampleRate: SAMPLE_RATE, channels: [samples(i++)] }),
      OPTIONS,
    );
  };
  const loud = (samples: Float32Array): Float32Array => {
    const peak = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    return samples.map((x) => x / peak);
  };

  it('that plays other notes is near the corpus, and shaped noise is far', async () => {
    const { frechet, diversity } = await told((i) => loud(note({ f0Hz: 345 + 100 * i }, 9 + i)));
    expect(frechet.generated).toBeLessThan(0.5 * frechet.followingNoise);
    expect(frechet.followingNoise).toBeLessThan(frechet.noise);
    expect(frechet.corpus).toBeLessThan(0.5 * frechet.noise);
    expect(diversity).toBeGreaterThan(0.5);
  });

  it('that hisses is as far as noise', async () => {
    const { frechet } = await told((i) => whiteNoise(i, 60_000));
    expect(frechet.generated).toBeGreaterThan(frechet.noise);
  });

  it('that says one thing again and again has no diversity', async () => {
    const { diversity } = await told(() => loud(note()));
    expect(diversity).toBe(0);
  });

  it('is not judged by fewer than four clips, nor by numbers that are none', async () => {
    const mel = logMel80({ sampleRate: SAMPLE_RATE, channels: [note()] });
    const few = evaluateGenerator(clips.slice(1, 4), async () => mel, OPTIONS);
    await expect(few).rejects.toThrow('3 clips');
    const broken = { ...mel, data: mel.data.map(() => Number.NaN) };
    const none = evaluateGenerator(clips, async () => broken, OPTIONS);
    await expect(none).rejects.toThrow('not finite');
  });
});

describe('a sequencer', () => {
  const random = seededRandom(4);
  const noise = Float32Array.from({ length: 2000 }, () => random.normal());
  const sequence: Matrix = { rows: 1000, columns: 2, data: noise };
  const asked = { window: 10, steps: 5, windowsMax: 1000 };

  it('that knows what follows makes no error; persistence twice that of the mean', async () => {
    let at = 0;
    const found = await evaluateSequencer(
      [sequence],
      async (_, steps) => {
        const data = sequence.data.slice(2 * (10 + at), 2 * (10 + at + steps));
        at += steps;
        return { rows: steps, columns: 2, data };
      },
      asked,
    );
    expect([found.sequencer, found.windows, found.steps]).toEqual([0, 198, 5]);
    expect(found.mean).toBeCloseTo(1, 0);
    expect(found.persistence / found.mean).toBeCloseTo(2, 0);
    expect(found.byStep).toHaveLength(5);
  });

  it('that repeats the last frame is persistence, that says zeros is the mean', async () => {
    const repeating = await evaluateSequencer(
      [sequence],
      async ({ data }, steps) => {
        const last = data.subarray(-2);
        const frames = Float32Array.from({ length: 2 * steps }, (_, i) => last[i % 2]!);
        return { rows: steps, columns: 2, data: frames };
      },
      asked,
    );
    expect(repeating.sequencer).toBeCloseTo(repeating.persistence, 9);
    const silent = await evaluateSequencer(
      [sequence],
      async (_, steps) => ({ rows: steps, columns: 2, data: new Float32Array(2 * steps) }),
      asked,
    );
    expect(silent.sequencer).toBeCloseTo(silent.mean, 9);
  });

  it('is refused where nothing is long enough', async () => {
    const found = evaluateSequencer([sequence], async (w) => w, { ...asked, window: 999 });
    await expect(found).rejects.toThrow('no recording is long enough');
  });
});
