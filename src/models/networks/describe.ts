import type { ConfigOf, NetworkConfig } from './config.js';
import { hifiGan } from './hifi-gan.js';
import type { NetworkKind, ParameterSpec } from './kind.js';
import { lstm, lstmEncoderDecoder } from './lstm.js';
import { melGan, melGanGru } from './mel-gan.js';
import { melGanDiscriminator } from './mel-gan-discriminator.js';
import type { Network } from './network.js';
import { parametersOfModule } from './parameters.js';
import { transformer, transformerEncoderOnly } from './transformer.js';
import { unaGan, unaGanFlat } from './una-gan.js';
import { unaGanDiscriminator, unaGanEncoder } from './una-gan-critics.js';

const networks: { readonly [K in NetworkKind]: (config: ConfigOf[K]) => Network } = {
  'una-gan': unaGan,
  'una-gan-flat': unaGanFlat,
  'una-gan-encoder': unaGanEncoder,
  'una-gan-discriminator': unaGanDiscriminator,
  'mel-gan': melGan,
  'mel-gan-gru': melGanGru,
  'mel-gan-discriminator': melGanDiscriminator,
  'hifi-gan': hifiGan,
  lstm,
  'lstm-encoder-decoder': lstmEncoderDecoder,
  'transformer-encoder-only': transformerEncoderOnly,
  transformer,
};

/** The description of a network: `config` must come from `parseConfig` of the same kind. */
export function describe(kind: NetworkKind, config: NetworkConfig): Network {
  return (networks[kind] as (config: NetworkConfig) => Network)(config);
}

/** The state dict of a network: names, shapes and buffers in PyTorch's order. */
export function parametersOf(kind: NetworkKind, config: NetworkConfig): readonly ParameterSpec[] {
  return describe(kind, config).modules.flatMap(parametersOfModule);
}
