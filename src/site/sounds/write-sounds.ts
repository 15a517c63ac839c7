import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Audio, UserError, writeWhole } from '../../core/index.js';
import type { Tale } from '../tale/tale.js';
import type { Utterance } from '../tale/utterance.js';
import { wantedSounds } from './chosen-sounds.js';
import type { SoundsKept } from './chosen-sounds.js';
import { encodeFlac } from './flac.js';

/** The single sounds of a run that a site holds, and what it had to leave out. */
export interface HeldSounds {
  /** File in the site's folder by envelope id. */
  readonly files: ReadonlyMap<string, string>;
  readonly bytes: number;
  /** Sounds that were wanted, but did not fit. */
  readonly unfit: number;
  /** Sounds that were wanted, but are no longer in the archive. */
  readonly gone: number;
}

/** What may be written, and where. */
export interface SoundPlan {
  readonly folder: string;
  readonly kept: SoundsKept;
  /** Bytes that single sounds may take up, all runs together. */
  readonly bytesLeft: number;
}

/**
 * Writes the single sounds of a run as FLAC, the most wanted first, until the space is used up;
 * equal sounds are written once, also over several runs.
 */
export async function writeSounds(tale: Tale, plan: SoundPlan): Promise<HeldSounds> {
  const files = new Map<string, string>();
  let [bytes, unfit, gone] = [0, 0, 0];
  for (const one of wantedSounds(tale, plan.kept)) {
    const file = `sounds/${(one.record.hash as string).slice(0, 20)}.flac`;
    if (existsSync(join(plan.folder, file))) files.set(one.id, file);
    else if (bytes >= plan.bytesLeft) unfit++;
    else if (await written(tale, one, join(plan.folder, file))) {
      files.set(one.id, file);
      bytes += statSync(join(plan.folder, file)).size;
    } else gone++;
  }
  return { files, bytes, unfit, gone };
}

/** What an archive says of a sound that it does not hold; of a damaged one it says so. */
const GONE = /^(no )?blob \w+…( was |$)/;

/** False where the archive no longer holds the sound, by its policy or beyond its limit. */
async function written(tale: Tale, { record }: Utterance, path: string): Promise<boolean> {
  try {
    await writeWhole(path, await encodeFlac((await tale.archive.signal(record)) as Audio));
    return true;
  } catch (error) {
    if (error instanceof UserError && GONE.test(error.parts.what)) return false;
    throw error;
  }
}
