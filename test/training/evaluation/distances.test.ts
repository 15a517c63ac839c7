import { describe, expect, it } from 'vitest';
import { logMel80 } from '../../../src/audio/index.js';
import type { Matrix, Mel } from '../../../src/core/index.js';
import { seededRandom } from '../../../src/core/index.js';
import { melCepstrum } from '../../../src/training/evaluation/mel-cepstrum.js';
import {
  following,
  meanSpectrum,
  shapedNoise,
} from '../../../src/training/evaluation/shaped-noise.js';
import { spreadOf } from '../../../src/training/evaluation/spread.js';
import { melDistanceDb, spectralDistance } from '../../../src/training/index.js';
import { note, SAMPLE_RATE, whiteNoise } from './sounds.js';

function melOf(samples: Float32Array): Mel {
  return logMel80({ sampleRate: SAMPLE_RATE, channels: [samples] });
}

describe('the log-mel distance', () => {
  it('of a sound to itself is nothing, and 6 dB to twice as loud', () => {
    const sound = whiteNoise(1).map((x) => x / 10);
    expect(melDistanceDb(melOf(sound), melOf(sound))).toBe(0);
    const louder = melOf(sound.map((x) => 2 * x));
    expect(melDistanceDb(louder, melOf(sound))).toBeCloseTo(6.0206, 3);
  });

  it('refuses mels of different bins', () => {
    const mel = melOf(note());
    expect(() => melDistanceDb(mel, { ...mel, rows: 79 })).toThrow(RangeError);
  });
});

describe('the spectral distance', () => {
  it('of a sound to itself is nothing', () => {
    expect(spectralDistance(note(), note())).toEqual({ convergence: 0, logMagnitude: 0 });
  });

  it('of silence has the convergence 1, of twice as loud too, and ln 2 in magnitude', () => {
    const sound = whiteNoise(1);
    expect(spectralDistance(new Float32Array(sound.length), sound).convergence).toBeCloseTo(1, 3);
    const louder = spectralDistance(
      sound.map((x) => 2 * x),
      sound,
    );
    expect(louder.convergence).toBeCloseTo(1, 5);
    expect(louder.logMagnitude).toBeCloseTo(Math.log(2), 4);
  });

  it('needs a whole window', () => {
    expect(() => spectralDistance(new Float32Array(2047), note())).toThrow(RangeError);
  });
});

describe('the cepstrum of a mel', () => {
  it('has the level of a flat mel in its first coefficient alone', () => {
    const mel: Mel = {
      rows: 80,
      columns: 1,
      data: new Float32Array(80).fill(-2),
      hopLength: 256,
      sampleRate: SAMPLE_RATE,
    };
    const [level, ...shape] = melCepstrum(mel).data;
    expect(level).toBeCloseTo(-40 * Math.sqrt(80), 3);
    for (const x of shape) expect(x).toBeCloseTo(0, 4);
  });
});

describe('shaped noise', () => {
  it('has the mean spectrum it was given, at the same level', () => {
    const sound = note();
    const power = meanSpectrum([sound]);
    const noise = meanSpectrum([shapedNoise(power, 20 * SAMPLE_RATE, seededRandom(1))]);
    const total = (spectrum: Float64Array): number => spectrum.reduce((sum, x) => sum + x, 0);
    expect(10 * Math.log10(total(noise) / total(power))).toBeCloseTo(0, 0);
    // A frame's window blurs lines, so stretches of 19 bins are compared: two partials wide.
    for (let k = 0; k + 19 <= power.length; k += 19) {
      const [found, wanted] = [noise, power].map((each) => total(each.subarray(k, k + 19)));
      if (wanted! < 1e-4 * total(power)) continue;
      expect(Math.abs(10 * Math.log10(found! / wanted!))).toBeLessThan(1.5);
    }
  });

  it('that follows a sound is silent where it is', () => {
    const half = whiteNoise(1).map((x, n) => (n < SAMPLE_RATE / 2 ? x : 0));
    const noise = following(whiteNoise(2), half);
    const square = (from: number): number =>
      noise.subarray(from, from + 10_000).reduce((sum, x) => sum + x * x, 0) / 10_000;
    expect(square(5000)).toBeCloseTo(1, 0);
    expect(square(30_000)).toBe(0);
  });
});

describe('the spread of sounds', () => {
  const sound = (seed: number, offset: number): Matrix => {
    const random = seededRandom(seed);
    const data = Float32Array.from({ length: 600 }, () => offset + random.normal());
    return { rows: 200, columns: 3, data };
  };

  it('is nothing between copies, whatever happens within', () => {
    const { between, within } = spreadOf([sound(1, 0), sound(1, 0), sound(1, 0)]);
    expect([between, within > 1]).toEqual([0, true]);
  });

  it('is nothing within sounds that stand still, and as wide as they are apart', () => {
    const still = [0, 4].map(
      (at): Matrix => ({ rows: 9, columns: 1, data: new Float32Array(9).fill(at) }),
    );
    expect(spreadOf(still)).toEqual({ between: 4, within: 0 });
  });
});
