import type { RunArchive, SaidRecord } from '../archive/index.js';
import { type Audio, UserError } from '../core/index.js';
import { type Moments, cloudOf, momentsOf } from '../measures/index.js';
import { type Known, readFeatures, writeFeatures } from './feature-cache.js';
import { type SoundFeatures, featuresOf } from './features.js';
import type { Sound } from './sound.js';

/** A sound with its features. */
export interface DescribedSound extends Sound, SoundFeatures {
  readonly moments: Moments;
  /** The mean of its slices. */
  readonly middle: Float64Array;
}

/** The sounds that could be described, and how many could not, and why. */
export interface Descriptions {
  readonly sounds: readonly DescribedSound[];
  readonly silent: number;
  /** Too short for nine frames, or not made of numbers. */
  readonly short: number;
  /** Whose numbers are no longer kept. */
  readonly lost: number;
  readonly notes: readonly string[];
}

/** Describes sounds, each blob once and never again: features are kept beside the run. */
export async function describedSounds(
  run: RunArchive,
  sounds: readonly Sound[],
  onProgress: (done: number, all: number) => void = () => {},
): Promise<Descriptions> {
  const known = readFeatures(run.folder);
  const wanted = new Map(sounds.map((sound) => [sound.hash, sound]));
  const missing = [...wanted.values()].filter(({ hash }) => !known.has(hash));
  const form = formsOf(run, missing);
  let [done, found] = [0, 0];
  for (const { hash } of missing) {
    const features = await heardBlob(run, form.get(hash) as SaidRecord);
    if (features !== undefined) {
      known.set(hash, features);
      found++;
    }
    onProgress(++done, missing.length);
  }
  const note = found > 0 ? await writeFeatures(run.folder, known) : undefined;
  return sorted(sounds, known, note === undefined ? [] : [note]);
}

function formsOf(run: RunArchive, missing: readonly Sound[]): ReadonlyMap<string, SaidRecord> {
  const wanted = new Set(missing.map(({ hash }) => hash));
  const forms = new Map<string, SaidRecord>();
  if (wanted.size === 0) return forms;
  for (const record of run.records()) {
    if (record.type !== 'said' || record.carries !== 'audio') continue;
    if (record.hash !== undefined && wanted.has(record.hash)) forms.set(record.hash, record);
  }
  return forms;
}

/** The features behind a record; undefined where its numbers are gone. */
async function heardBlob(run: RunArchive, said: SaidRecord): Promise<Known | undefined> {
  let audio: Audio;
  try {
    audio = (await run.signal(said)) as Audio;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
  try {
    return featuresOf(audio) ?? 'silent';
  } catch (error) {
    if (error instanceof UserError) return 'short';
    throw error;
  }
}

function sorted(
  sounds: readonly Sound[],
  known: ReadonlyMap<string, Known>,
  notes: readonly string[],
): Descriptions {
  const described: DescribedSound[] = [];
  let [silent, short, lost] = [0, 0, 0];
  const sums = new Map<string, { readonly moments: Moments; readonly middle: Float64Array }>();
  for (const sound of sounds) {
    const features = known.get(sound.hash);
    if (features === undefined) lost++;
    else if (features === 'silent') silent++;
    else if (features === 'short') short++;
    else {
      const sum = sums.get(sound.hash) ?? sumOf(features);
      sums.set(sound.hash, sum);
      described.push({ ...sound, ...features, ...sum });
    }
  }
  return { sounds: described, silent, short, lost, notes };
}

function sumOf({ slices }: SoundFeatures): { moments: Moments; middle: Float64Array } {
  const moments = momentsOf(slices);
  return { moments, middle: moments.sum.map((x) => x / moments.count) };
}

/** The middles of sounds as a cloud. */
export function middlesOf(sounds: readonly DescribedSound[]): ReturnType<typeof cloudOf> {
  return cloudOf(sounds.map(({ middle }) => middle));
}
