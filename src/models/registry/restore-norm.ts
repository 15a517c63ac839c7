import { sizeOf } from '../../core/index.js';
import type { Tensor } from '../../core/index.js';
import type { Weights } from '../networks/kind.js';

// The first convolution of each weight-normed network, had its norm been removed.
const BARE = ['model.1.weight', 'conv_pre.weight', 'model.disc_0.model.layer_0.1.weight'];

/**
 * Gives a vocoder that was exported after `remove_weight_norm` its `weight_g` and `weight_v` back,
 * such that they fold to the very weight; other weights are returned as they are.
 */
export function withWeightNorm(weights: Weights): Weights {
  if (!BARE.some((name) => weights.has(name))) return weights;
  return new Map(
    [...weights].flatMap(([name, value]): (readonly [string, Tensor])[] => {
      if (!name.endsWith('.weight') || value.shape.length < 3) return [[name, value]];
      const norms = rowNorms(value);
      return [
        [`${name}_g`, norms],
        [`${name}_v`, directions(value, norms)],
      ];
    }),
  );
}

/** A row of zeros has no direction: any other row stands for it, as its norm is zero. */
function directions({ shape, data }: Tensor, { data: norms }: Tensor): Tensor {
  const width = data.length / Math.max(1, norms.length);
  const filled = data.map((x, i) => (norms[Math.floor(i / width)] === 0 ? 1 : x));
  return { shape, data: filled };
}

/** The Euclidean norm over all axes but the first, as weight norm defines it (anatomy §0). */
function rowNorms({ shape, data }: Tensor): Tensor {
  const [rows = 0, ...rest] = shape;
  const width = sizeOf(rest);
  const norms = Float32Array.from({ length: rows }, (_, row) =>
    Math.sqrt(data.subarray(row * width, (row + 1) * width).reduce((sum, x) => sum + x * x, 0)),
  );
  return { shape: [rows, ...rest.map(() => 1)], data: norms };
}
