import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../src/core/index.js';
import type { NetworkKind } from '../../../src/models/index.js';
import { parseConfig } from '../../../src/models/index.js';
import { writeOnnx } from '../../../src/models/onnx/write.js';
import type { Style } from '../../../src/models/onnx/write.js';
import { openSession } from '../../../src/models/runtime/onnx-runtime.js';
import type { Session } from '../../../src/models/runtime/onnx-runtime.js';
import { goldenTensor, goldenWeights } from '../golden-fill.js';

const vocoders: readonly (readonly [NetworkKind, object])[] = [
  ['mel-gan-gru', { ngf: 4 }],
  ['mel-gan', { ngf: 16 }],
  ['mel-gan', { ngf: 3, ratios: [5, 3, 4], n_residual_layers: 2 }],
  ['hifi-gan', { upsample_initial_channel: 32 }],
  [
    'hifi-gan',
    { upsample_initial_channel: 16, upsample_rates: [5, 4], upsample_kernel_sizes: [11, 8] },
  ],
];
const shapes = [
  [1, 4],
  [1, 5],
  [2, 9],
  [1, 10],
  [1, 11],
  [2, 33],
] as const;

function session(kind: NetworkKind, raw: object, style: Style): Promise<Session> {
  const parts = { kind, config: parseConfig(kind, raw), weights: goldenWeights(kind, raw) };
  return openSession(writeOnnx(parts, style), { threads: 1 });
}

function distance(first: Tensor, second: Tensor): number {
  return first.data.reduce((worst, x, i) => Math.max(worst, Math.abs(x - second.data[i]!)), 0);
}

describe('the fast form of a vocoder', () => {
  it.each(vocoders)('of %s %j says what the plain form says, at any length', async (kind, raw) => {
    const [fast, plain] = [await session(kind, raw, 'fast'), await session(kind, raw, 'plain')];
    for (const [batch, frames] of shapes) {
      const mel = goldenTensor(902, [batch, 80, frames]);
      const heard = (await fast.run({ mel }, ['audio'])).audio!;
      const expected = (await plain.run({ mel }, ['audio'])).audio!;
      expect(heard.shape).toEqual(expected.shape);
      expect(distance(heard, expected)).toBeLessThan(1e-5);
    }
    await Promise.all([fast.close(), plain.close()]);
  });
});
