import type { ControlRecord, DroppedRecord, JournalRecord, SaidRecord } from '../archive/index.js';
import type { AgentId } from '../core/index.js';

/** A record that the same scenario, seed, models, corpus and controls give again. */
export type Repeating = SaidRecord | DroppedRecord | ControlRecord;

/** Whether a record repeats; what happened to the swarm itself (deaths, losses) does not. */
export function isRepeating(record: JournalRecord): record is Repeating {
  if (record.type === 'said' || record.type === 'control') return true;
  return record.type === 'dropped' && (record.reason === 'brim' || record.reason === 'laps');
}

/** What a record is called: the same thing in two runs has the same name. */
export function nameOf(record: Repeating): string {
  if (record.type === 'said') return record.id;
  if (record.type === 'control') return `control ${record.id}`;
  return `${record.id} across ${record.link}`;
}

/** Who did what a record tells: the speaker, the sender of what was dropped, or `control`. */
export function agentOf(record: Repeating): AgentId {
  if (record.type === 'said') return record.from.slice(0, record.from.lastIndexOf('.'));
  if (record.type === 'control') return 'control';
  return record.id.slice(0, record.id.lastIndexOf('.'));
}

const FIELDS = {
  said: [
    'time',
    'hash',
    'form',
    'carries',
    'from',
    'sequence',
    'lap',
    'parents',
    'models',
    'origins',
  ],
  dropped: ['time', 'link', 'reason'],
  control: ['time', 'control'],
} as const;

/** The fields in which two records of one name differ; none when they tell the same. */
export function fieldsApart(a: Repeating, b: Repeating): readonly string[] {
  if (a.type !== b.type) return ['type'];
  const [left, right] = [a, b] as unknown as readonly Readonly<Record<string, unknown>>[];
  return FIELDS[a.type].filter(
    (name) => JSON.stringify(left?.[name]) !== JSON.stringify(right?.[name]),
  );
}
