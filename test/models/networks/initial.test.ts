import { describe, expect, it } from 'vitest';
import { seededRandom, sizeOf } from '../../../src/core/index.js';
import type { Tensor } from '../../../src/core/index.js';
import type { NetworkKind, Weights } from '../../../src/models/index.js';
import { initialWeights, NETWORK_KINDS, parametersOf } from '../../../src/models/index.js';
import { parseConfig } from '../../../src/models/index.js';

const small: Readonly<Record<NetworkKind, object>> = {
  'una-gan': { mfd: 16 },
  'una-gan-flat': { mfd: 16 },
  'una-gan-encoder': { mfd: 16 },
  'una-gan-discriminator': { mfd: 16 },
  'mel-gan': { ngf: 2 },
  'mel-gan-gru': { ngf: 2 },
  'mel-gan-discriminator': { ndf: 4, n_layers_D: 2, downsampling_D: 2 },
  'hifi-gan': { upsample_initial_channel: 16 },
  lstm: { hidden_size: 8 },
  'lstm-encoder-decoder': { hidden_size: 8 },
  'transformer-encoder-only': {},
  transformer: {},
};

function untrained(kind: NetworkKind, seed = 1): Weights {
  return initialWeights(kind, parseConfig(kind, small[kind]), seededRandom(seed, kind));
}

function bytesOf(weights: Weights): Buffer {
  return Buffer.concat(Array.from(weights.values(), ({ data }) => Buffer.from(data.buffer)));
}

function most(value: Tensor | undefined): number {
  return value!.data.reduce((worst, x) => Math.max(worst, Math.abs(x)), 0);
}

describe('untrained weights', () => {
  it.each(NETWORK_KINDS)('of %s have every key, fit their shapes and follow the seed', (kind) => {
    const specs = parametersOf(kind, parseConfig(kind, small[kind]));
    const weights = untrained(kind);
    expect([...weights.keys()]).toEqual(specs.map(({ name }) => name));
    for (const { name, shape } of specs) {
      expect(weights.get(name)!.shape).toEqual(shape);
      expect(weights.get(name)!.data.length).toBe(sizeOf(shape));
      expect(weights.get(name)!.data.every(Number.isFinite)).toBe(true);
    }
    expect(bytesOf(untrained(kind)).equals(bytesOf(weights))).toBe(true);
    expect(bytesOf(untrained(kind, 2)).equals(bytesOf(weights))).toBe(false);
  });

  it('keep within the bounds of the default initialisation', () => {
    const una = untrained('una-gan');
    expect(most(una.get('block0.block.3.rec.weight_hh_l0'))).toBeLessThanOrEqual(1 / 4);
    expect(most(una.get('block0.block.0.weight'))).toBeLessThanOrEqual(1 / Math.sqrt(60));
    expect(most(una.get('block0.block.0.weight'))).toBeGreaterThan(0.9 / Math.sqrt(60));
    expect([...una.get('block0.block.1.weight')!.data]).toEqual(Array(16).fill(1));
  });

  it('start weight norm at the length of its rows', () => {
    const mel = untrained('mel-gan');
    const g = mel.get('model.1.weight_g')!.data;
    const v = mel.get('model.1.weight_v')!.data;
    const row = v.slice(0, v.length / g.length);
    expect(g[0]).toBeCloseTo(Math.hypot(...row), 6);
  });

  it('hold the vectors of the greatest stretch for spectral norm', () => {
    const critic = untrained('una-gan-encoder');
    const w = critic.get('body2d.1.block.0.weight_orig')!.data;
    const u = critic.get('body2d.1.block.0.weight_u')!.data;
    const v = critic.get('body2d.1.block.0.weight_v')!.data;
    expect(Math.hypot(...u)).toBeCloseTo(1, 5);
    expect(Math.hypot(...v)).toBeCloseTo(1, 5);
    const heard = Array.from(u, (_, i) => v.reduce((s, x, j) => s + w[i * v.length + j]! * x, 0));
    const sigma = Math.hypot(...heard);
    heard.forEach((x, i) => expect(x / sigma).toBeCloseTo(u[i]!, 5));
  });

  it('give every layer of the encoder-only transformer the values of its template', () => {
    const weights = untrained('transformer-encoder-only');
    const template = weights.get('model.encoder_layer.linear1.weight');
    const layer = weights.get('model.transformer_encoder.layers.2.linear1.weight');
    expect(layer).toEqual(template);
  });

  it('keep the published sinusoids', () => {
    const { data } = untrained('lstm-encoder-decoder').get('pos_encoder.pe')!;
    const published = [0.841471, 0.540302, 0.472732, 0.881206, 0.240078, 0.970754];
    published.forEach((x, i) => expect(data[26 + i]).toBeCloseTo(x, 6));
  });
});
