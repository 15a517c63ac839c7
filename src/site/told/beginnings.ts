import type { Tale } from '../tale/tale.js';
import type { Utterance } from '../tale/utterance.js';
import { clock, inARow, lasting, many } from '../written.js';
import type { Sentence } from './sentence.js';
import { cite, tell } from './sentence.js';

const OPENERS_NAMED = 4;
const BEGINNINGS = {
  fork: 'This run left',
  replay: 'This run repeats',
  resume: 'This run goes on with',
} as const;

/** How the run began: what was said first, out of nothing. */
export function beginnings(tale: Tale): readonly Sentence[] {
  const own = tale.said.filter(({ line }) => line > 0);
  const [first] = own;
  if (first === undefined) return [];
  const { origin } = tale.record;
  if (origin !== undefined && origin.at > 0) {
    const told = tell(first.at)`${
      BEGINNINGS[origin.how]
    } ${origin.run} at ${clock(tale.begins, true)}; its own first word was ${cite(first)}.`;
    return [told];
  }
  const openers = own.filter(({ at, record }) => at === first.at && record.parents.length === 0);
  const named = openers.slice(0, OPENERS_NAMED).map(cite);
  const more = openers.length - named.length;
  return [
    tell(first.at)`The run began at ${clock(first.at, true)} with ${inARow(named)}${
      more > 0 ? ` and ${many(more, 'more envelope')}` : ''
    }, which came out of nothing but the scenario.${sourceOf(openers)}`,
  ];
}

function sourceOf(openers: readonly Utterance[]): string {
  const file = openers.find(({ record }) => record.origins !== undefined)?.record.origins?.[0]?.[0];
  return file === undefined ? '' : ` The first recording to be drawn on was ${file}.`;
}

/** The first answer of every agent that answers others. */
export function firstAnswers({ said, kinds, byId }: Tale): readonly Sentence[] {
  const spoken = new Set<string>();
  return said.flatMap((one) => {
    const { parents } = one.record;
    if (spoken.has(one.agent) || parents.length === 0) return [];
    spoken.add(one.agent);
    if (one.line === 0) return [];
    const kind = kinds.get(one.agent);
    const to = parents.flatMap(([id]) => byId.get(id) ?? []).slice(0, 3);
    const who = kind === undefined || kind === one.agent ? one.agent : `${one.agent} (${kind})`;
    return [tell(one.at)`${who} first answered with ${cite(one)}${toWhat(to)}${lengthOf(one)}.`];
  });
}

function toWhat(parents: readonly Utterance[]): Sentence['parts'] {
  return parents.length === 0 ? [] : [', to ', ...inARow(parents.map(cite))];
}

function lengthOf({ record, seconds }: Utterance): string {
  return record.carries === 'audio' ? `: a sound of ${lasting(seconds)}` : '';
}
