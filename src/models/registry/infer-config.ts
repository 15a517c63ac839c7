import { UserError } from '../../core/index.js';
import type { NetworkKind, Weights } from '../networks/kind.js';
import { inferSequencer, inferTransformer } from './infer-sequencer.js';
import { inferDiscriminator, inferEncoder, inferUnaGan, inferUnaGanFlat } from './infer-una-gan.js';
import { inferHifiGan, inferMelGan, inferMelGanDiscriminator } from './infer-vocoder.js';
import type { Settings } from './settings-file.js';
import { type Inferred, WeightShapes } from './weight-shapes.js';

/** A network's settings completed from its weights, and what had to be assumed. */
export interface CompletedSettings {
  readonly settings: Settings;
  readonly notes: readonly string[];
}

const INFER: Readonly<Record<NetworkKind, (shapes: WeightShapes) => Inferred>> = {
  'una-gan': inferUnaGan,
  'una-gan-flat': inferUnaGanFlat,
  'una-gan-encoder': inferEncoder,
  'una-gan-discriminator': inferDiscriminator,
  'mel-gan': inferMelGan,
  'mel-gan-gru': inferMelGan,
  'mel-gan-discriminator': inferMelGanDiscriminator,
  'hifi-gan': inferHifiGan,
  lstm: inferSequencer,
  'lstm-encoder-decoder': inferSequencer,
  'transformer-encoder-only': inferTransformer,
  transformer: inferTransformer,
};

/**
 * Completes a run's settings from the shapes of its weights. Throws a UserError when a setting
 * contradicts a shape, or a weight that would tell is missing.
 */
export function completeSettings(
  kind: NetworkKind,
  weights: Weights,
  given: Settings,
  where: string,
): CompletedSettings {
  const { known, assumed, overruling } = INFER[kind](new WeightShapes(weights, where));
  for (const [name, value] of [...Object.entries(known), ...Object.entries(assumed)]) {
    const said = given[name];
    const told = name in known ? same(said, value) : equallyLong(said, value);
    if (said === undefined || said === null || told) continue;
    const [wrong, right] = [said, value].map((each) => JSON.stringify(each));
    throw new UserError({
      what: `the settings say ${name} ${wrong}, the weights have ${right}`,
      where,
      hint: 'put the settings of the run that made these weights beside them',
    });
  }
  const missing = Object.entries(assumed).filter(([name]) => (given[name] ?? null) === null);
  const usable = Object.entries(given).filter(([, value]) => value !== null);
  return {
    settings: { ...Object.fromEntries([...missing, ...usable]), ...known, ...overruling },
    notes: missing.map(
      ([name, value]) => `${name} was not stored: ${JSON.stringify(value)} assumed`,
    ),
  };
}

/** Of an assumed list only the length is certain. */
function equallyLong(said: unknown, value: unknown): boolean {
  return !Array.isArray(said) || !Array.isArray(value) || said.length === value.length;
}

function same(said: unknown, value: unknown): boolean {
  return JSON.stringify(said) === JSON.stringify(value) || String(said) === String(value);
}
