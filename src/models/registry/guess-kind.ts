import { basename } from 'node:path';
import { UserError } from '../../core/index.js';
import type { NetworkKind, Weights } from '../networks/kind.js';
import type { Settings } from './settings-file.js';

// A key that only this network has. The GRU variant stands before the plain one that it contains.
const SIGNS: readonly (readonly [NetworkKind, string])[] = [
  ['una-gan', 'block0.block.0.weight'],
  ['una-gan-flat', 'body.0.weight'],
  ['mel-gan-discriminator', 'model.disc_0.model.layer_0.1.weight_v'],
  ['mel-gan-gru', 'model.3.rec.weight_ih_l0'],
  ['mel-gan', 'model.1.weight_v'],
  ['hifi-gan', 'conv_pre.weight_v'],
  ['lstm', 'lstm.weight_ih_l0'],
  ['lstm-encoder-decoder', 'decoder.weight_ih_l0'],
  ['transformer-encoder-only', 'model.transformer_encoder.layers.0.linear1.weight'],
  ['transformer', 'transformer.decoder.layers.0.linear1.weight'],
];

/**
 * The kind that a state dict's keys show. una-GAN's encoder and discriminator have the same keys:
 * width, then file name tell.
 */
export function guessKind(weights: Weights, where: string): NetworkKind {
  const sign = SIGNS.find(([, key]) => weights.has(key));
  if (sign !== undefined) return sign[0];
  if (weights.has('body2d.0.block.0.weight_orig')) return criticKind(weights, where);
  const first = [...weights.keys()].slice(0, 3).join(', ');
  throw new UserError({
    what: `no known network has the weights ${first}`,
    where,
    allowed: 'una-GAN, mel-GAN, HiFi-GAN or one of the four sequencers',
  });
}

function criticKind(weights: Weights, where: string): NetworkKind {
  const heard = (weights.get('body1d.0.block.0.weight_orig')?.shape[1] ?? 0) / 8;
  const said = weights.get('head.weight_orig')?.shape[0];
  if (said !== heard) return 'una-gan-encoder';
  return /encoder/i.test(basename(where)) ? 'una-gan-encoder' : 'una-gan-discriminator';
}

const DECLARED: Readonly<Record<string, NetworkKind>> = {
  GRUGenerator: 'mel-gan-gru',
  OriginalGenerator: 'mel-gan',
  SimpleLSTMModel: 'lstm',
  LSTM: 'lstm',
  LSTMEncoderDecoderModel: 'lstm-encoder-decoder',
  TransformerEncoderOnlyModel: 'transformer-encoder-only',
  TransformerModel: 'transformer',
};

/**
 * The kind that a run's settings name by the original's class names; undefined when they name
 * none.
 */
export function declaredKind(settings: Settings): NetworkKind | undefined {
  const names = [settings.selected_model, settings.kind];
  const known = names.filter((name) => typeof name === 'string' && Object.hasOwn(DECLARED, name));
  return DECLARED[known[0] as string];
}
