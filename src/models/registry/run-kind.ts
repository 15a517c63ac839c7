import { UserError } from '../../core/index.js';
import { NETWORK_KINDS, type NetworkKind } from '../networks/kind.js';

/** The part a network plays in its run. */
export type Role = 'generator' | 'encoder' | 'discriminator' | 'vocoder' | 'sequencer';

/**
 * The roles in the order in which a run counts them: the first one present gives the run its kind.
 */
export const ROLES: readonly Role[] = [
  'generator',
  'vocoder',
  'sequencer',
  'encoder',
  'discriminator',
];

const ROLE_OF: Readonly<Record<NetworkKind, Role>> = {
  'una-gan': 'generator',
  'una-gan-flat': 'generator',
  'una-gan-encoder': 'encoder',
  'una-gan-discriminator': 'discriminator',
  'mel-gan': 'vocoder',
  'mel-gan-gru': 'vocoder',
  'mel-gan-discriminator': 'discriminator',
  'hifi-gan': 'vocoder',
  lstm: 'sequencer',
  'lstm-encoder-decoder': 'sequencer',
  'transformer-encoder-only': 'sequencer',
  transformer: 'sequencer',
};

const SEQUENCERS: readonly NetworkKind[] = NETWORK_KINDS.filter(
  (kind) => ROLE_OF[kind] === 'sequencer',
);

const FAMILIES: ReadonlyMap<string, readonly NetworkKind[]> = new Map([
  ['una-gan', ['una-gan', 'una-gan-flat']],
  ['mel-gan', ['mel-gan', 'mel-gan-gru']],
  ['hifi-gan', ['hifi-gan']],
  ['vocoder', ['mel-gan', 'mel-gan-gru', 'hifi-gan']],
  ['sequencer', SEQUENCERS],
]);

/** The role that a network of this kind plays. */
export function roleOf(kind: NetworkKind): Role {
  return ROLE_OF[kind];
}

/** The names that `kind:` may have where a run is asked for: the families, then the exact kinds. */
export const RUN_KINDS: readonly string[] = [...new Set([...FAMILIES.keys(), ...NETWORK_KINDS])];

/**
 * The network kinds a family (`una-gan`, `mel-gan`, `vocoder`, `sequencer`) or one kind stands
 * for; UserError otherwise.
 */
export function kindsIn(name: string): readonly NetworkKind[] {
  const exact = NETWORK_KINDS.filter((kind) => kind === name);
  const kinds = FAMILIES.get(name) ?? exact;
  if (kinds.length > 0) return kinds;
  throw new UserError({ what: `'${name}' is no kind of model`, allowed: RUN_KINDS.join(', ') });
}
