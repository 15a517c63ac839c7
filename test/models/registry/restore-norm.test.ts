import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/index.js';
import { initialWeights, parametersOf, parseConfig } from '../../../src/models/index.js';
import type { Weights } from '../../../src/models/index.js';
import { withWeightNorm } from '../../../src/models/registry/restore-norm.js';

const config = parseConfig('mel-gan-gru', { ngf: 2, n_residual_layers: 1, ratios: [5, 2] });
const normed = initialWeights('mel-gan-gru', config, seededRandom(1, 'norm'));

/** The same network after `remove_weight_norm`, had every `weight_g` been the norm of its row. */
function bare(weights: Weights): Weights {
  const kept = [...weights].filter(([name]) => !name.endsWith('.weight_g'));
  return new Map(kept.map(([name, value]) => [name.replace(/weight_v$/, 'weight'), value]));
}

describe('a vocoder exported without weight norm', () => {
  it('gets every key and shape of the original back', () => {
    const restored = withWeightNorm(bare(normed));
    for (const { name, shape } of parametersOf('mel-gan-gru', config)) {
      expect(restored.get(name)?.shape, name).toEqual(shape);
    }
    expect(restored.size).toBe(normed.size);
  });

  it('folds to the very weights it came with, also to rows of zeros', () => {
    const weight = { shape: [2, 1, 2], data: Float32Array.of(3, 4, 0, 0) };
    const restored = withWeightNorm(new Map([['conv_pre.weight', weight]]));
    expect([...(restored.get('conv_pre.weight_g')?.data ?? [])]).toEqual([5, 0]);
    expect([...(restored.get('conv_pre.weight_v')?.data ?? [])]).toEqual([3, 4, 1, 1]);
  });

  it('leaves networks with weight norm, or without any by nature, as they are', () => {
    expect(withWeightNorm(normed)).toBe(normed);
    const una = new Map([
      ['block0.block.0.weight', { shape: [1, 1, 1], data: Float32Array.of(2) }],
    ]);
    expect(withWeightNorm(una)).toBe(una);
  });
});
