import type { Tensor } from '../../core/index.js';
import type { RunStats } from './run-stats.js';

/**
 * Turns a normalised mel [B, bins, t] into log mel: each bin times its deviation plus its mean
 * (anatomy §3.10).
 */
export function denormalise({ shape, data }: Tensor, { mean, std }: RunStats): Tensor {
  const [, bins = 1, frames = 0] = shape;
  const scaled = data.map((value, i) => {
    const bin = Math.floor(i / frames) % bins;
    return Math.fround(value * Math.fround(std[bin] as number)) + (mean[bin] as number);
  });
  return { shape, data: scaled };
}

/** The reverse: a log mel [B, bins, t] as una-GAN's encoder and discriminator hear it. */
export function normalise({ shape, data }: Tensor, { mean, std }: RunStats): Tensor {
  const [, bins = 1, frames = 0] = shape;
  const scaled = data.map((value, i) => {
    const bin = Math.floor(i / frames) % bins;
    // A bin that never varied has deviation 0; dividing by one leaves it at zero, as the
    // original's scaler does.
    return (value - (mean[bin] as number)) / (std[bin] || 1);
  });
  return { shape, data: scaled };
}
