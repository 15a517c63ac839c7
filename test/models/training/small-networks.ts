import { tensor } from '../../../src/core/index.js';
import type { Tensors } from '../../../src/core/index.js';
import { parseConfig } from '../../../src/models/networks/config.js';
import type { NetworkConfig } from '../../../src/models/networks/config.js';
import type { NetworkKind } from '../../../src/models/networks/kind.js';
import { goldenTensor } from '../golden-fill.js';

/** A network narrow enough to be differentiated by a slow engine, and something to feed it. */
export interface SmallNetwork {
  readonly kind: NetworkKind;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly config: NetworkConfig;
  readonly feeds: Tensors;
  readonly steps?: number;
}

function small(
  kind: NetworkKind,
  raw: Readonly<Record<string, unknown>>,
  feeds: Tensors,
  steps?: number,
): SmallNetwork {
  const config = parseConfig(kind, raw);
  return { kind, raw, config, feeds, ...(steps === undefined ? {} : { steps }) };
}

const una = { feat_dim: 8, z_dim: 3, z_scale_factors: [2, 2], mfd: 8, num_groups: 4 };
const mel = { n_mel_channels: 6, ngf: 2, n_residual_layers: 3, ratios: [4, 3, 2] };
const seq = { descriptor_size: 5, hidden_size: 6, num_layers: 2, dim_pos_encoding: 4 };
const heads = { descriptor_size: 5, num_layers: 2, dim_pos_encoding: 4, nhead: 3 };
const transformers = { ...heads, dim_feedforward: 7 };
const state = (tag: number): Tensors[string] => goldenTensor(tag, [2, 2, 8]);
const window = { window: goldenTensor(60, [2, 6, 5]) };

/** Every kind of network at a small width. */
export const SMALL_NETWORKS: readonly SmallNetwork[] = [
  small('una-gan', una, {
    z: goldenTensor(1, [2, 3, 4]),
    h0: state(2),
    h1: state(3),
    h2: state(4),
  }),
  small('una-gan-flat', una, { z: goldenTensor(5, [2, 3, 7]), h0: state(6), h1: state(7) }),
  small('una-gan-discriminator', una, { mel: goldenTensor(8, [2, 8, 11]) }),
  small('una-gan-encoder', una, { mel: goldenTensor(9, [2, 8, 11]) }),
  small('mel-gan', mel, { mel: goldenTensor(10, [2, 6, 5]) }),
  small('mel-gan-gru', { ...mel, ratios: [2] }, { mel: goldenTensor(11, [2, 6, 12]) }),
  small(
    'mel-gan-discriminator',
    { num_D: 2, ndf: 4, n_layers_D: 2 },
    { audio: goldenTensor(12, [2, 1, 65]) },
  ),
  small(
    'hifi-gan',
    {
      num_mels: 6,
      upsample_initial_channel: 8,
      upsample_rates: [4, 2],
      upsample_kernel_sizes: [8, 4],
      resblock_kernel_sizes: [3, 5],
      resblock_dilation_sizes: [
        [1, 3],
        [1, 2],
      ],
    },
    { mel: goldenTensor(13, [2, 6, 5]) },
  ),
  small('lstm', seq, window),
  small('lstm-encoder-decoder', seq, window, 3),
  small('transformer-encoder-only', transformers, window),
  small('transformer', transformers, window, 3),
];

/** The same sizes with every value moved by a little: a second point to look from. */
export function shifted(tensors: Tensors, by: number): Tensors {
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => [
    name,
    tensor(
      shape,
      data.map((value) => value + by),
    ),
  ]);
  return Object.fromEntries(entries);
}
