import type { Mel, Noise, Random, Tensor } from '../../core/index.js';
import { type Model, type RunRecord, denormalise } from '../../models/index.js';

/** A una-GAN generator at work. */
export interface Generator {
  readonly run: RunRecord;
  readonly model: Model;
  readonly zDim: number;
  /** Mel frames of one column of noise: 16, or 1 when the network is not hierarchical. */
  readonly framesPerColumn: number;
}

/** A run's generator with its measures. */
export function generatorOf(run: RunRecord, model: Model): Generator {
  const { config } = model;
  const factors = 'z_scale_factors' in config ? config.z_scale_factors : [];
  const hierarchical = model.kind === 'una-gan';
  const framesPerColumn = hierarchical
    ? factors.reduce((product, factor) => product * factor, 1)
    : 1;
  return { run, model, zDim: 'z_dim' in config ? config.z_dim : 20, framesPerColumn };
}

/**
 * The columns of noise that so much sound takes, rounded up as the original does (anatomy §3.10).
 */
export function columnsOf({ run, framesPerColumn }: Generator, seconds: number): number {
  const frames = Math.ceil((seconds * run.sampleRate) / run.hopLength);
  return Math.max(1, Math.ceil(frames / framesPerColumn));
}

/** Normal noise, [zDim, columns]. */
export function freshNoise(
  rows: number,
  columns: number,
  random: Random,
  temperature: number,
): Noise {
  const data = Float32Array.from({ length: rows * columns }, () => random.normal() * temperature);
  return { rows, columns, data };
}

/**
 * The log10 mel that una-GAN makes of noise. The GRUs start from normal states, fresh every time as
 * in the original, so that the same noise never sounds quite the same (anatomy §12, quirk 1).
 */
export async function dreamtMel(
  { run, model }: Generator,
  noise: Noise,
  random: Random,
): Promise<Mel> {
  const feeds: Record<string, Tensor> = {
    z: { shape: [1, noise.rows, noise.columns], data: noise.data },
  };
  for (const [name, dims] of Object.entries(model.inputs)) {
    if (name !== 'z')
      feeds[name] = normals(
        dims.map((n) => (n === 'any' ? 1 : n)),
        random,
      );
  }
  const { feat } = await model.run(feeds);
  const { shape, data } = run.stats === null ? feat! : denormalise(feat!, run.stats);
  const [, rows = 0, columns = 0] = shape;
  return { rows, columns, data, hopLength: run.hopLength, sampleRate: run.sampleRate };
}

function normals(shape: readonly number[], random: Random): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return { shape, data: Float32Array.from({ length: size }, () => random.normal()) };
}
