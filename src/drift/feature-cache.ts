import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, writeWhole } from '../core/index.js';
import { type SoundFeatures, SLICE_WIDTH } from './features.js';

/** Raised whenever features are computed otherwise: older caches are then made anew. */
const VERSION = 1;

/** What is known of a sound's blob: its features, or why it has none. */
export type Known = SoundFeatures | 'silent' | 'short';

interface CacheLine {
  readonly hash: string;
  readonly why?: 'silent' | 'short';
  readonly centroidHz?: number;
  readonly flatnessDb?: number;
  readonly offsets?: readonly number[];
  /** Float32 little-endian, base64. */
  readonly slices?: string;
}

/** Where a run's features are kept; the folder may be deleted at any time. */
function cacheFile(folder: string): string {
  return join(folder, 'drift-cache', 'features.jsonl');
}

/**
 * The features kept of a run by blob hash; none where there are none, or they are of another
 * version or damaged: all can be computed again.
 */
export function readFeatures(folder: string): Map<string, Known> {
  try {
    const [head, ...lines] = readFileSync(cacheFile(folder), 'utf8').trimEnd().split('\n');
    if (head !== headLine()) return new Map();
    return new Map(lines.map((line) => knownAt(JSON.parse(line) as CacheLine)));
  } catch {
    return new Map();
  }
}

function knownAt(cached: CacheLine): readonly [hash: string, known: Known] {
  return [cached.hash, knownOf(cached)];
}

/** Keeps the features of a run; returns why it could not, which costs time but no result. */
export async function writeFeatures(
  folder: string,
  known: ReadonlyMap<string, Known>,
): Promise<string | undefined> {
  const lines = [...known].map(([hash, one]) => JSON.stringify(lineOf(hash, one)));
  try {
    mkdirSync(join(folder, 'drift-cache'), { recursive: true });
    await writeWhole(cacheFile(folder), `${[headLine(), ...lines].join('\n')}\n`);
    return undefined;
  } catch (error) {
    return `the features could not be kept: ${messageOf(error)}`;
  }
}

function headLine(): string {
  return JSON.stringify({ features: VERSION });
}

function knownOf({
  why,
  centroidHz = 0,
  flatnessDb = 0,
  offsets = [],
  slices = '',
}: CacheLine): Known {
  if (why !== undefined) return why;
  const bytes = Uint8Array.from(Buffer.from(slices, 'base64'));
  const data = new Float32Array(bytes.buffer);
  const cloud = { rows: offsets.length, columns: SLICE_WIDTH, data };
  return { slices: cloud, offsets, centroidHz, flatnessDb };
}

function lineOf(hash: string, known: Known): CacheLine {
  if (typeof known === 'string') return { hash, why: known };
  const { centroidHz, flatnessDb, offsets } = known;
  const data = Float32Array.from(known.slices.data);
  const slices = Buffer.from(data.buffer).toString('base64');
  return { hash, centroidHz, flatnessDb, offsets, slices };
}
