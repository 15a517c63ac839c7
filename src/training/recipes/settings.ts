import type { z } from 'zod';
import { UserError } from '../../core/index.js';
import type { NetworkKind } from '../../models/index.js';
import { HIFI_GAN_RECIPES, type HifiGanSettings, hifiGanSettings } from './hifi-gan.js';
import { MEL_GAN_RECIPES, type MelGanSettings, melGanSettings } from './mel-gan.js';
import { SEQUENCER_RECIPES, type SequencerSettings, sequencerSettings } from './sequencer.js';
import { UNA_GAN_RECIPES, type UnaGanSettings, unaGanSettings } from './una-gan.js';

/** What can be trained: one word of the command line, and the network kinds it stands for. */
export type Family = 'una-gan' | 'mel-gan' | 'hifi-gan' | 'sequencer';

/** The sizes in which each family has a recipe. */
export type RecipeName = 'tiny' | 'small' | 'original';

/** The settings of one training, valid together with their family. */
export type Settings =
  | ({ readonly family: 'una-gan' } & UnaGanSettings)
  | ({ readonly family: 'mel-gan' } & MelGanSettings)
  | ({ readonly family: 'hifi-gan' } & HifiGanSettings)
  | ({ readonly family: 'sequencer' } & SequencerSettings);

/** The recipes' names, the smallest first. */
export const RECIPES: readonly RecipeName[] = ['tiny', 'small', 'original'];

interface FamilyRecipes {
  readonly schema: z.ZodType;
  readonly recipes: Readonly<Record<RecipeName, Readonly<Record<string, unknown>>>>;
  /** The network kinds that the family trains, its own choice first. */
  readonly kinds: readonly NetworkKind[];
}

/** Every family that can be trained. The first kind of each is taken where none is named. */
export const FAMILIES: Readonly<Record<Family, FamilyRecipes>> = {
  'una-gan': {
    schema: unaGanSettings,
    recipes: UNA_GAN_RECIPES,
    kinds: ['una-gan', 'una-gan-flat'],
  },
  'mel-gan': {
    schema: melGanSettings,
    recipes: MEL_GAN_RECIPES,
    kinds: ['mel-gan', 'mel-gan-gru'],
  },
  'hifi-gan': { schema: hifiGanSettings, recipes: HIFI_GAN_RECIPES, kinds: ['hifi-gan'] },
  sequencer: {
    schema: sequencerSettings,
    recipes: SEQUENCER_RECIPES,
    kinds: ['lstm', 'lstm-encoder-decoder', 'transformer-encoder-only', 'transformer'],
  },
};

/**
 * A recipe with some values replaced. Throws a UserError on a name the family does not know, or
 * on a value that is not usable.
 */
export function settingsOf(
  family: Family,
  recipe: RecipeName,
  changes: Readonly<Record<string, unknown>> = {},
): Settings {
  const { schema, recipes } = FAMILIES[family];
  const known = Object.keys(recipes[recipe]);
  const unknown = Object.keys(changes).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const what = `a ${family} has no setting '${unknown}'`;
    throw new UserError({ what, where: '--set', allowed: known.toSorted().join(', ') });
  }
  const parsed = schema.safeParse({ ...recipes[recipe], ...changes });
  if (parsed.success) return { family, ...(parsed.data as object) } as Settings;
  const [issue] = parsed.error.issues;
  throw new UserError({
    what: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not usable'}`,
    where: '--set',
  });
}
