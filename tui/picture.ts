import type { ProgressRecord, Scene, TelemetryRecord } from './record.js';

/** What the screen shows, and nothing else. */
export interface Picture {
  readonly scene: Scene | undefined;
  readonly progress: ProgressRecord | undefined;
  /** The latest things worth saying, the newest last; at most three. */
  readonly notes: readonly string[];
}

const NOTES_MAX = 3;

/** The screen before anything is known. */
export const BLANK: Picture = { scene: undefined, progress: undefined, notes: [] };

/** The picture after one more record. */
export function withRecord(picture: Picture, record: TelemetryRecord): Picture {
  if (record.type === 'scene') return { ...picture, scene: record };
  if (record.type === 'progress') return { ...picture, progress: record };
  return { ...picture, notes: [...picture.notes, record.says].slice(-NOTES_MAX) };
}
