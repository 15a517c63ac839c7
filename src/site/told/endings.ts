import type { Tale } from '../tale/tale.js';
import type { Utterance } from '../tale/utterance.js';
import { clock, many } from '../written.js';
import type { Sentence } from './sentence.js';
import { cite, tell } from './sentence.js';

const REASONS: Readonly<Record<string, string>> = {
  finished: 'reached the end that was set for it',
  asked: 'ended because it was asked to',
};

/** How the run ended, what sounded last, and how much stood behind that. */
export function endings(tale: Tale): readonly Sentence[] {
  const last = tale.said.at(-1);
  if (last === undefined) return [];
  const { summary, ends, soundings } = tale;
  const closed = clock(ends, true);
  const reason = summary?.reason ?? '';
  const verb = REASONS[reason] ?? `ended (${reason})`;
  const how =
    reason === ''
      ? `There is no account of how the run ended; the last that it said, by ${closed}, was `
      : `The run ${verb} at ${closed}. Its last word was `;
  const closing = tell(ends)`${how}${cite(last)}.`;
  const sound = soundings.at(-1);
  return sound === undefined ? [closing] : [behind(tale, sound.said, sound.from), closing];
}

function behind(tale: Tale, last: Utterance, at: number): Sentence {
  const ancestors = ancestorsOf(last, tale.byId);
  if (ancestors.length === 0) return tell(at)`The last sound to begin was ${cite(last)}.`;
  const roots = ancestors.filter(({ record }) => record.parents.length === 0);
  const eldest = (roots.length > 0 ? roots : ancestors).reduce((a, b) => (b.at < a.at ? b : a));
  return tell(at)`The last sound to begin was ${cite(last)}; behind it ${
    ancestors.length === 1 ? 'stands' : 'stand'
  } ${many(ancestors.length, 'ancestor')}, the eldest ${cite(eldest)}.`;
}

/** Every ancestor of an envelope, nearest generation first, each once. */
export function ancestorsOf(one: Utterance, byId: Tale['byId']): readonly Utterance[] {
  const found = new Set<Utterance>();
  let generation: readonly Utterance[] = [one];
  while (generation.length > 0) {
    const next: Utterance[] = [];
    for (const parent of generation.flatMap(({ record }) => record.parents)) {
      const elder = byId.get(parent[0]);
      if (elder === undefined || found.has(elder)) continue;
      found.add(elder);
      next.push(elder);
    }
    generation = next;
  }
  return [...found];
}
