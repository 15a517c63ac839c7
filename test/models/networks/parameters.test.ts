import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NetworkKind } from '../../../src/models/networks/kind.js';
import { parseConfig } from '../../../src/models/networks/config.js';
import { parametersOf } from '../../../src/models/networks/describe.js';

const listing = readFileSync(
  new URL('../../fixtures/state-dict-keys.txt', import.meta.url),
  'utf8',
);

function section(title: string): readonly string[] {
  const lines = listing.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`=== ${title} keys=`));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('==='));
  return rest.slice(0, end).filter((line) => line.trim() !== '');
}

function listed(kind: NetworkKind, config: unknown = {}): readonly string[] {
  return parametersOf(kind, parseConfig(kind, config)).map(
    ({ name, shape, dtype, buffer }) =>
      `${name} [${shape.join(', ')}] ${dtype}${buffer ? ' [buf]' : ''}`,
  );
}

const hifiV3 = {
  resblock: '2',
  upsample_initial_channel: 256,
  upsample_rates: [8, 8, 4],
  upsample_kernel_sizes: [16, 16, 8],
  resblock_kernel_sizes: [3, 5, 7],
  resblock_dilation_sizes: [
    [1, 2],
    [2, 6],
    [3, 12],
  ],
};

describe('the state dict of each network at the original widths', () => {
  it.each([
    ['una-gan', 'NetG hier', {}],
    ['una-gan-flat', 'NetG nonhier', {}],
    ['una-gan-discriminator', 'NetD', {}],
    ['una-gan-encoder', 'NetE', {}],
    ['mel-gan', 'MelGAN Original', {}],
    ['mel-gan-gru', 'MelGAN GRU', {}],
    ['mel-gan-discriminator', 'MelGAN D', {}],
    ['hifi-gan', 'hifi v1', {}],
    ['hifi-gan', 'hifi v3', hifiV3],
    ['lstm', 'LSTM', {}],
    ['lstm-encoder-decoder', 'LSTMEncDec', {}],
    ['transformer-encoder-only', 'TEnc', {}],
    ['transformer', 'T', {}],
  ] as const)('%s lists the keys of %s in their order', (kind, title, config) => {
    expect(listed(kind, config)).toEqual(section(title));
  });
});
