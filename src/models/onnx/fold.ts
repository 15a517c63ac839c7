import { UserError } from '../../core/index.js';
import type { Tensor } from '../../core/index.js';
import type { Weights } from '../networks/kind.js';
import type { Conv, UpConv } from '../networks/module.js';

/** The tensor of a key; throws a UserError when the weights lack it. */
export function weightOf(weights: Weights, name: string): Tensor {
  const found = weights.get(name);
  if (!found) {
    const hint = 'import a checkpoint of the same kind and widths';
    throw new UserError({ what: `the weights have no ${name}`, hint });
  }
  return found;
}

/**
 * The plain kernel of a convolution with its weight or spectral norm multiplied out in 64-bit
 * arithmetic (anatomy §0); shape as PyTorch stores it.
 */
export function foldedKernel(module: Conv | UpConv, weights: Weights): Tensor {
  const norm = module.type === 'up-conv' ? 'weight' : module.norm;
  if (norm === 'none') return weightOf(weights, `${module.name}.weight`);
  return norm === 'weight' ? weightNorm(module.name, weights) : spectralNorm(module.name, weights);
}

function weightNorm(name: string, weights: Weights): Tensor {
  const v = weightOf(weights, `${name}.weight_v`);
  const g = weightOf(weights, `${name}.weight_g`).data;
  const row = v.data.length / g.length;
  const data = new Float32Array(v.data.length);
  for (let i = 0; i < g.length; i++) {
    let square = 0;
    for (let j = i * row; j < (i + 1) * row; j++) square += v.data[j]! * v.data[j]!;
    const scale = g[i]! / Math.sqrt(square);
    for (let j = i * row; j < (i + 1) * row; j++) data[j] = v.data[j]! * scale;
  }
  return { shape: v.shape, data };
}

function spectralNorm(name: string, weights: Weights): Tensor {
  const original = weightOf(weights, `${name}.weight_orig`);
  const u = weightOf(weights, `${name}.weight_u`).data;
  const v = weightOf(weights, `${name}.weight_v`).data;
  let sigma = 0;
  for (let i = 0; i < u.length; i++) {
    let product = 0;
    for (let j = 0; j < v.length; j++) product += original.data[i * v.length + j]! * v[j]!;
    sigma += u[i]! * product;
  }
  return { shape: original.shape, data: original.data.map((w) => w / sigma) };
}
