import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/index.js';
import type { NetworkKind } from '../../../src/models/index.js';
import { NETWORK_KINDS, parametersOf, parseConfig } from '../../../src/models/index.js';

function refusal(kind: NetworkKind, raw: unknown): string {
  try {
    parseConfig(kind, raw);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  return 'accepted';
}

describe('the config of a network', () => {
  it.each(NETWORK_KINDS)('of %s has the original widths when nothing is said', (kind) => {
    expect(parseConfig(kind, {})).toEqual(parseConfig(kind, undefined));
    expect(parametersOf(kind, parseConfig(kind, {})).length).toBeGreaterThan(0);
  });

  it('leaves out keys it does not know and reads numbers written as text', () => {
    const config = parseConfig('lstm', { hidden_size: '48', selected_model: 'SimpleLSTMModel' });
    expect(config).toMatchObject({ hidden_size: 48, descriptor_size: 39 });
    expect(config).not.toHaveProperty('selected_model');
  });

  it.each([
    ['una-gan', { mfd: 30 }, /mfd is not usable.*num_groups/],
    ['una-gan', { z_scale_factors: '2,2' }, /z_scale_factors is not usable/],
    ['una-gan-encoder', { feat_dim: 81 }, /feat_dim is not usable.*multiple of 8/],
    ['mel-gan', { ngf: -1 }, /ngf is not usable/],
    ['mel-gan', { ratios: [8, 'x'] }, /ratios\.1 is not usable/],
    ['mel-gan-discriminator', { ndf: 6 }, /ndf is not usable/],
    ['hifi-gan', { resblock: 3 }, /resblock is not usable/],
    ['hifi-gan', { upsample_rates: [8] }, /upsample_kernel_sizes is not usable/],
    ['lstm-encoder-decoder', { dim_pos_encoding: 0 }, /dim_pos_encoding is not usable/],
    ['transformer', { nhead: 7 }, /nhead is not usable.*65/],
    ['transformer-encoder-only', { mode: 'wrong' }, /mode is not usable/],
    ['lstm', 'text', /the config is not usable/],
  ] as const)('of %s refuses %j and names the field', (kind, raw, words) => {
    expect(refusal(kind, raw)).toMatch(words);
  });
});
