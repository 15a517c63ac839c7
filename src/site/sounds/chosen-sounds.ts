import type { Tale } from '../tale/tale.js';
import type { Utterance } from '../tale/utterance.js';

/** Which single sounds a site holds beside the recordings. */
export type SoundsKept = 'all' | 'sounded' | 'none';

/**
 * The envelopes of audio that a site should hold, the most wanted first: what sounded, then its
 * parents, and so on backward generation by generation; with `all`, what never sounded comes last.
 */
export function wantedSounds(tale: Tale, kept: SoundsKept): readonly Utterance[] {
  if (kept === 'none') return [];
  const found = new Set(tale.soundings.map(({ said }) => said));
  let generation: readonly Utterance[] = [...found];
  while (generation.length > 0) generation = elders(generation, tale, found);
  if (kept === 'all') for (const one of tale.said) found.add(one);
  return [...found].filter(isSound);
}

function elders(generation: readonly Utterance[], tale: Tale, found: Set<Utterance>): Utterance[] {
  return generation.flatMap(({ record }) =>
    record.parents.flatMap(([id]) => {
      const elder = tale.byId.get(id);
      if (elder === undefined || found.has(elder)) return [];
      found.add(elder);
      return [elder];
    }),
  );
}

function isSound({ record, seconds }: Utterance): boolean {
  return record.carries === 'audio' && seconds > 0 && /^[0-9a-f]{64}$/.test(record.hash ?? '');
}
