import type { Tensor } from '../../core/index.js';

/** Every network of the original, by the name that runs, scenarios and commands use. */
export type NetworkKind =
  | 'una-gan'
  | 'una-gan-flat'
  | 'una-gan-encoder'
  | 'una-gan-discriminator'
  | 'mel-gan'
  | 'mel-gan-gru'
  | 'mel-gan-discriminator'
  | 'hifi-gan'
  | 'lstm'
  | 'lstm-encoder-decoder'
  | 'transformer-encoder-only'
  | 'transformer';

/** All the kinds, in the order in which documents list them. */
export const NETWORK_KINDS: readonly NetworkKind[] = [
  'una-gan',
  'una-gan-flat',
  'una-gan-encoder',
  'una-gan-discriminator',
  'mel-gan',
  'mel-gan-gru',
  'mel-gan-discriminator',
  'hifi-gan',
  'lstm',
  'lstm-encoder-decoder',
  'transformer-encoder-only',
  'transformer',
];

/** One entry of a PyTorch state dict: its key without any `module.` prefix, and its shape. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int64';
  readonly buffer: boolean;
}

/** The values of a network by state-dict key, exactly the keys that `parametersOf` lists. */
export type Weights = ReadonlyMap<string, Tensor>;
