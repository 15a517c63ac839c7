import { describe, expect, it } from 'vitest';
import { hifiMel80, logMel80 } from '../../src/audio/index.js';
import { type Audio, type Mel, seededRandom, tensor } from '../../src/core/index.js';
import { type Computation, cpuEngine, tracedEngine } from '../../src/models/training/index.js';
import { logMelLossDb, type MelScale } from '../../src/models/training/log-mel-loss.js';
import { tf } from '../../src/models/training/tensorflow.js';
import { melDistanceDb } from '../../src/training/evaluation/mel-distance.js';
import { hifiMelTerm, logMelTerm } from '../../src/training/plans/mel-term.js';

const RATE = 44_100;
const FRAMES = 12;
const SAMPLES = FRAMES * 256;

/** A tone with noise, so loud; the first third is silent. */
function sound(seed: number, gain: number): Float32Array {
  const random = seededRandom(seed, 'sound');
  return Float32Array.from({ length: SAMPLES }, (_, i) => {
    const tone = Math.sin((2 * Math.PI * (300 + 100 * seed) * i) / RATE);
    return i < SAMPLES / 3 ? 0 : gain * (tone + 0.2 * random.normal());
  });
}

const PAIRS = [
  ['two loud sounds', sound(1, 0.3), sound(2, 0.5)],
  ['a quiet and a loud one', sound(1, 1e-4), sound(2, 0.5)],
  ['a sound and silence', sound(1, 0.3), new Float32Array(SAMPLES)],
  ['silence and a very quiet sound', new Float32Array(SAMPLES), sound(3, 1e-6)],
] as const;

const audioOf = (samples: Float32Array): Audio => ({ sampleRate: RATE, channels: [samples] });

async function lossOf(
  { scale, engine }: { readonly scale: MelScale; readonly engine: typeof cpuEngine },
  found: Float32Array,
  wanted: Float32Array,
): Promise<{ readonly loss: number; readonly gradient: Float32Array }> {
  const shape = [1, 1, found.length];
  const computation: Computation = ({ audio, target }) => {
    const run = (x: Parameters<typeof logMelLossDb>[0]) => logMelLossDb(x, target!, scale);
    const { value, grads } = tf.valueAndGrads(run as never)([audio!]);
    return { loss: value, gradient: grads[0]! };
  };
  const compiled = await engine.compile({ audio: shape, target: shape }, computation);
  const tensors = { audio: tensor(shape, found), target: tensor(shape, wanted) };
  const { loss, gradient } = await compiled.run(tensors);
  await compiled.close();
  return { loss: loss!.data[0]!, gradient: gradient!.data };
}

describe('the log-mel loss', () => {
  const scale = logMelTerm(RATE, 20)!;

  it.each(PAIRS)('is what the analysis says of %s', async (_, found, wanted) => {
    const expected = melDistanceDb(logMel80(audioOf(found)), logMel80(audioOf(wanted)));
    for (const engine of [tracedEngine, cpuEngine]) {
      const { loss } = await lossOf({ scale, engine }, found, wanted);
      expect(Math.abs(loss - expected) / 20).toBeLessThan(1e-4);
    }
  });

  it.each(PAIRS)("is what HiFi-GAN's analysis says of %s, too", async (_, found, wanted) => {
    const inLog10 = (mel: Mel): Mel => ({ ...mel, data: mel.data.map((x) => x / Math.LN10) });
    const [a, b] = [hifiMel80(audioOf(found)), hifiMel80(audioOf(wanted))].map(inLog10);
    const hifi = hifiMelTerm(RATE, 45)!;
    const { loss } = await lossOf({ scale: hifi, engine: tracedEngine }, found, wanted);
    expect(Math.abs(loss - melDistanceDb(a!, b!)) / 20).toBeLessThan(1e-4);
  });

  it('has the gradient that finite differences find', async () => {
    const small = smallScale(1e-5);
    const random = seededRandom(6, 'small');
    const [found, wanted] = [0.5, 0.2].map((gain) =>
      Float32Array.from({ length: 64 }, () => gain * random.normal()),
    ) as [Float32Array, Float32Array];
    const { gradient } = await lossOf({ scale: small, engine: tracedEngine }, found, wanted);
    const loss = async (at: number, by: number): Promise<number> => {
      const moved = found.map((x, i) => (i === at ? x + by : x));
      return (await lossOf({ scale: small, engine: cpuEngine }, moved, wanted)).loss;
    };
    for (const at of [0, 3, 20, 41, 63]) {
      const slope = ((await loss(at, 2e-3)) - (await loss(at, -2e-3))) / 4e-3;
      expect(Math.abs(gradient[at]! - slope), String(at)).toBeLessThan(
        0.01 + 0.01 * Math.abs(slope),
      );
    }
  });

  it('pulls a silent band up, and leaves silence that should be silent alone', async () => {
    const small = smallScale(1e-2);
    const random = seededRandom(7, 'small');
    const noise = Float32Array.from({ length: 64 }, () => random.normal());
    const quiet = noise.map((x) => 1e-4 * x);
    for (const engine of [tracedEngine, cpuEngine]) {
      const { loss, gradient } = await lossOf({ scale: small, engine }, quiet, noise);
      const along = gradient.reduce((sum, slope, i) => sum + slope * quiet[i]!, 0);
      expect(loss).toBeGreaterThan(20);
      expect(along).toBeLessThan(-1e-2);
      const still = await lossOf({ scale: small, engine }, quiet, new Float32Array(64));
      expect(still.loss).toBe(0);
      expect(still.gradient.every((slope) => slope === 0)).toBe(true);
    }
  });
});

/** Four triangles over the spectrum of 16 samples. */
function smallScale(floor: number): MelScale {
  const weights = Float32Array.from({ length: 36 }, (_, i) => {
    return Math.max(0, 1 - Math.abs((i % 9) - 2 * Math.floor(i / 9) - 1) / 2);
  });
  return { bank: tensor([4, 9], weights), hop: 4, floor, epsilon: 1e-12 };
}
