import type { TelemetryRecord as Told } from '../src/telemetry/index.js';
import type { Presence } from './attach/attachment.js';
import type { ProgressRecord, Scene, TelemetryRecord } from './record.js';

/** What the screen shows, and nothing else. */
export interface Picture {
  readonly scene: Scene | undefined;
  readonly progress: ProgressRecord | undefined;
  /** The latest things worth saying, the newest last; at most three. */
  readonly notes: readonly string[];
  /** The kind of every agent. */
  readonly kinds?: ReadonlyMap<string, string>;
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

/** The picture after what an engine told. */
export function withTold(picture: Picture, told: Told): Picture {
  if (told.type === 'scene') {
    const kinds = new Map(told.agents.map(({ id, kind }) => [id, kind]));
    return { ...withRecord(picture, told), kinds };
  }
  if (told.type === 'note') return withRecord(picture, told);
  if (told.type !== 'state') return picture;
  const agents = told.agents.map((one) => ({ ...one, kind: picture.kinds?.get(one.id) ?? '' }));
  const levels = told.agents.flatMap(({ id, peakDb }) =>
    peakDb === undefined ? [] : [[id, peakDb] as const],
  );
  const peaksDb = Object.fromEntries(levels);
  return withRecord(picture, { ...told, type: 'progress', agents, peaksDb });
}

/** The picture after a change of presence. */
export function withPresence(picture: Picture, { word, sinceMs }: Presence): Picture {
  const since = new Date(sinceMs).toTimeString().slice(0, 8);
  return withRecord(picture, { type: 'note', says: `${word} since ${since}` });
}
