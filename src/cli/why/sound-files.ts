import { join } from 'node:path';
import type { Kinship, Relative, RunIndex } from '../../archive/index.js';
import { relativeOf } from '../../archive/index.js';
import { encodePng, encodeWav, heatMap } from '../../audio/index.js';
import type { Audio, Mel } from '../../core/index.js';
import { UserError, writeWhole } from '../../core/index.js';
import { columns } from '../output.js';

/** What was written of kin, and what could not be. */
export interface Written {
  readonly files: number;
  /** Envelopes whose sound the archive does not hold any more. */
  readonly gone: number;
}

/**
 * Writes every sound among kin as 32-bit float WAV and every mel-spectrogram as PNG, named so that
 * their names sort as they were said, and `index.txt`, which says what each one is.
 */
export async function writeSounds(
  index: RunIndex,
  kinship: Kinship,
  folder: string,
): Promise<Written> {
  const rows: (readonly string[])[] = [['file', 'time', 'lap', 'seconds', 'from']];
  let [files, gone] = [0, 0];
  for (const n of kinship.members) {
    const relative = relativeOf(index, n);
    if (relative.carries !== 'audio' && relative.carries !== 'mel') continue;
    const ending = relative.carries === 'mel' ? '.png' : '.wav';
    const name = `${nameOf(relative, rows.length, index)}${ending}`;
    const bytes = await bytesOf(index, n);
    if (bytes instanceof Uint8Array) {
      await writeWhole(join(folder, name), bytes);
      files++;
    } else gone++;
    rows.push(rowOf(index, relative, bytes instanceof Uint8Array ? name : `(${bytes})`));
  }
  await writeWhole(join(folder, 'index.txt'), `${columns(rows)}\n`);
  return { files, gone };
}

/** The file's bytes, or why there are none. */
async function bytesOf(index: RunIndex, n: number): Promise<Uint8Array | string> {
  try {
    const signal = await index.run.signal(index.record(n));
    if (index.port(n).carries === 'audio') return encodeWav(signal as Audio, '32f');
    return encodePng(heatMap(signal as Mel));
  } catch (error) {
    if (error instanceof UserError) return error.parts.what;
    throw error;
  }
}

function nameOf({ id, time, lap }: Relative, count: number, index: RunIndex): string {
  const milliseconds = Math.floor((time / index.run.record.sampleRate) * 1000);
  const [h, m] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60];
  const s = ((milliseconds % 60_000) / 1000).toFixed(3).padStart(6, '0');
  const clock = `${String(h).padStart(3, '0')}h${String(m).padStart(2, '0')}m${s}s`;
  const safe = id.replace(/[^\w.-]/g, '-');
  return `${clock}-${String(count).padStart(5, '0')}-${safe}-lap${lap}`;
}

function rowOf(index: RunIndex, relative: Relative, name: string): readonly string[] {
  const { time, lap, lengthSamples, parents, origins } = relative;
  const { sampleRate } = index.run.record;
  const from = [
    ...parents.map(({ id }) => id),
    ...origins.map(({ file, sample }) => `${file}@${sample}`),
  ];
  const seconds = (lengthSamples / sampleRate).toFixed(3);
  return [name, (time / sampleRate).toFixed(3), String(lap), seconds, from.join(' ')];
}
