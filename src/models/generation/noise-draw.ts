import { type Tensor, type Tensors, UserError } from '../../core/index.js';
import type { Model } from '../runtime/model.js';
import type { TorchRandom } from './torch-random.js';

/**
 * The columns of noise that `seconds` of sound take: mel frames, rounded up, in steps of the
 * generator (anatomy §3.10).
 */
export function noiseColumns(
  seconds: number,
  sampleRate: number,
  hopLength: number,
  framesPerColumn: number,
): number {
  if (!(seconds > 0 && Number.isFinite(seconds))) {
    throw new UserError({ what: `${seconds} seconds of sound`, allowed: 'a duration above 0' });
  }
  return Math.ceil(Math.ceil((seconds * sampleRate) / hopLength) / framesPerColumn);
}

/**
 * Mel frames that a generator makes of one column of noise: 16 in the original, 1 when it is not
 * hierarchical.
 */
export function framesPerColumn({ kind, config }: Pick<Model, 'kind' | 'config'>): number {
  if (kind !== 'una-gan' || !('z_scale_factors' in config)) return 1;
  return config.z_scale_factors.reduce((product, factor) => product * factor, 1);
}

/**
 * Draws what one sample of a una-GAN hears in the original's order: z [1, zDim, n], then h0, h1, …
 * [2, 1, width].
 */
export function drawNoise(model: Model, columns: number, random: TorchRandom): Tensors {
  const feeds: Record<string, Tensor> = {};
  for (const [name, dims] of Object.entries(model.inputs)) {
    const free = name === 'z' ? [1, columns] : [1];
    let next = 0;
    feeds[name] = random.normal(dims.map((n) => (n === 'any' ? (free[next++] as number) : n)));
  }
  return feeds;
}
