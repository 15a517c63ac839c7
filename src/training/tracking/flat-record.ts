import type { TrackRecord } from './tracker.js';

/** A record without depth. */
export type FlatRecord = Readonly<Record<string, unknown>>;

/**
 * A record as one level of names, for tools that know no other: losses become `train/loss` and
 * `held-out/loss`, settings `settings/rate`.
 */
export function flatRecord(record: TrackRecord): FlatRecord {
  switch (record.event) {
    case 'begun': {
      const { settings, ...rest } = record;
      return { ...rest, ...under('settings', settings) };
    }
    case 'step':
    case 'held-out': {
      const { losses, ...rest } = record;
      return { ...rest, ...under(record.event === 'step' ? 'train' : 'held-out', losses) };
    }
    default:
      return { ...record };
  }
}

function under(group: string, values: FlatRecord): FlatRecord {
  const entries = Object.entries(values).map(([name, value]) => [`${group}/${name}`, value]);
  return Object.fromEntries(entries) as FlatRecord;
}
