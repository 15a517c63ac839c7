import type { Ancestor, Audio, Descriptors, Samples } from '../../core/index.js';
import { DESCRIPTOR_HOP, MFCC39_NAMES, rmsDb } from '../../audio/index.js';
import { analyse } from '../descriptor/analysis.js';

/** What of one sound a homeostat keeps: plain numbers, so that a checkpoint can hold them. */
export interface HeardFrames extends Ancestor {
  readonly at: Samples;
  readonly rows: number;
  /** [rows, columns], the columns those the measure asks for. */
  readonly data: Float32Array;
}

/** Which of the descriptors' columns a measure is taken from. */
export interface Wanted {
  readonly set: 'mfcc39' | 'simple';
  readonly columns: readonly string[];
}

/** The thirteen static MFCCs: what a sound is like, without how it moves. */
export const TIMBRE: Wanted = { set: 'mfcc39', columns: MFCC39_NAMES.slice(0, 13) };
/** How bright, how noisy and how loud a sound is. */
export const SHAPE: Wanted = { set: 'simple', columns: ['centroid', 'flatness', 'rms'] };

/** Frames that are kept of one sound, spread over its length. */
const FRAMES_MAX = 32;
/** A quieter sound is silence, which has a level but no timbre. */
const SILENT_DB = -90;

/** The frames of a sound; undefined without samples, and for silence where timbre counts. */
export async function framesOfAudio(
  audio: Audio,
  { set, columns }: Wanted,
  sampleRate: number,
): Promise<Pick<HeardFrames, 'rows' | 'data'> | undefined> {
  if (set === 'mfcc39' && rmsDb(audio) <= SILENT_DB) return undefined;
  const hopLength = DESCRIPTOR_HOP;
  const described = await analyse(audio, { set, hopLength, sampleRate });
  return described === undefined ? undefined : framesOf(described, columns);
}

/** So many frames of descriptors, in the columns of these names; undefined where one is missing. */
export function framesOf(
  { names, rows, columns, data }: Descriptors,
  wanted: readonly string[],
): Pick<HeardFrames, 'rows' | 'data'> | undefined {
  const places = wanted.map((name) => names.indexOf(name));
  if (rows === 0 || places.includes(-1)) return undefined;
  const kept = Math.min(rows, FRAMES_MAX);
  const found = new Float32Array(kept * places.length);
  for (let row = 0; row < kept; row++) {
    const from = Math.floor(((row + 0.5) * rows) / kept) * columns;
    for (const [i, place] of places.entries()) {
      const value = data[from + place]!;
      if (!Number.isFinite(value)) return undefined;
      found[row * places.length + i] = value;
    }
  }
  return { rows: kept, data: found };
}

/** What was heard since a time. */
export function since(heard: readonly HeardFrames[], from: Samples): readonly HeardFrames[] {
  return heard.filter(({ at }) => at >= from);
}
