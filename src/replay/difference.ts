import { hashOf } from '../archive/index.js';
import type { AgentId, Samples } from '../core/index.js';
import { type Repeating, agentOf, fieldsApart, nameOf } from './repeating.js';

/** The first place where two runs are not the same. */
export interface Difference {
  /** Both tell it unlike, only the original or only the other does, or in another order. */
  readonly how: 'changed' | 'missing' | 'extra' | 'moved';
  readonly type: Repeating['type'];
  /** The envelope's id, `control 2`, or the id and the link of what was dropped. */
  readonly id: string;
  readonly agent: AgentId;
  /** `agent.port` of an envelope. */
  readonly port?: string;
  readonly time: Samples;
  /** The fields that differ, of a record that both have: `hash`, `parents`, `time`… */
  readonly what: readonly string[];
  /** When the other run has it after all, of what is missing or new at its own time. */
  readonly elsewhere?: Samples;
  /**
   * The parents that either run cites. Parents stand first in a journal, so before the first
   * difference both runs said them alike.
   */
  readonly parents: readonly { readonly id: string; readonly of: 'both' | 'original' | 'other' }[];
  readonly original?: Repeating;
  readonly other?: Repeating;
}

/** The difference between two records at one place of two journals, one of which may be absent. */
export function differenceOf(
  original: Repeating | undefined,
  other: Repeating | undefined,
  how: Difference['how'],
): Difference {
  const record = (original ?? other) as Repeating;
  const both = original !== undefined && other !== undefined;
  return {
    how,
    type: record.type,
    id: nameOf(record),
    agent: agentOf(record),
    ...(record.type === 'said' ? { port: record.from } : {}),
    time: record.time,
    what: both && how === 'changed' ? fieldsApart(original, other) : [],
    parents: parentsIn(original, other),
    ...(original === undefined ? {} : { original }),
    ...(other === undefined ? {} : { other }),
  };
}

function parentsIn(a: Repeating | undefined, b: Repeating | undefined): Difference['parents'] {
  const idsOf = (one: Repeating | undefined): readonly string[] =>
    one?.type === 'said' ? one.parents.map(([id]) => id) : [];
  const [left, right] = [idsOf(a), idsOf(b)];
  return [...new Set([...left, ...right])].map((id) => {
    const both = a === undefined || b === undefined || (left.includes(id) && right.includes(id));
    return { id, of: both ? 'both' : left.includes(id) ? 'original' : 'other' };
  });
}

const WORDS: Readonly<Record<string, string>> = {
  hash: 'its numbers',
  form: 'its shape or values',
  time: 'when it was said',
  lap: 'its lap',
  parents: 'its parents',
  from: 'its port',
  sequence: 'its place in the sequence',
  models: 'its models',
  origins: 'its origins',
  carries: 'what it carries',
  control: 'what was asked',
  type: 'what it is',
};

/** A difference in a few plain lines. */
export function sayDifference(difference: Difference, sampleRate: number): readonly string[] {
  const { how, id, agent, port, time, what, original, other, elsewhere } = difference;
  const verb = difference.type === 'dropped' ? 'dropped' : 'said';
  const at = `at ${(time / sampleRate).toFixed(3)} s (sample ${time})`;
  const later =
    elsewhere === undefined
      ? ''
      : `, but at ${(elsewhere / sampleRate).toFixed(3)} s in the other run`;
  const heads = {
    changed: `${id} differs in ${what.map((field) => WORDS[field] ?? field).join(', ')}`,
    missing: `${id} is missing: only the original ${verb} it`,
    extra: `${id} is new: the original never ${verb} it`,
    moved: `${id} stands elsewhere among what was said at that moment`,
  };
  return [
    `${heads[how]}, ${at}${later}`,
    `  agent ${agent}${port === undefined ? '' : `, port ${port.slice(agent.length + 1)}`}`,
    ...what.map((field) => `  ${field}: ${shown(original, field)} → ${shown(other, field)}`),
    `  ${parentsSaid(difference)}`,
  ];
}

function parentsSaid({ parents, agent, type }: Difference): string {
  if (type === 'control') return 'a control, asked from outside';
  const cited = (of: 'both' | 'original' | 'other'): string =>
    listed(parents.filter((parent) => parent.of === of).map(({ id }) => id));
  const here = `it begins at ${agent} itself`;
  if (parents.length === 0) return `it has no parents: ${here}`;
  if (parents.every(({ of }) => of === 'both')) {
    return `its parents are equal in both (${cited('both')}): ${here}`;
  }
  const others = `${cited('original')} → ${cited('other')}`;
  return `it cites other parents (${others}), equal in both: ${here}`;
}

function listed(ids: readonly string[]): string {
  if (ids.length === 0) return 'none';
  const most = 4;
  const rest = ids.length > most ? ` and ${ids.length - most} more` : '';
  return ids.slice(0, most).join(', ') + rest;
}

const TEXT_MAX = 60;

function shown(record: Repeating | undefined, field: string): string {
  const value = (record as Readonly<Record<string, unknown>> | undefined)?.[field];
  if (field === 'hash' && typeof value === 'string') return `${value.slice(0, 12)}…`;
  const text = JSON.stringify(value) ?? 'none';
  return text.length <= TEXT_MAX
    ? text
    : `${text.slice(0, TEXT_MAX)}… (${hashOf(text).slice(0, 8)})`;
}
