import { join } from 'node:path';
import { readWav } from '../../audio/index.js';
import { writeWhole } from '../../core/index.js';
import type { Markup } from '../markup.js';
import { melPicture } from '../pictures/spectrogram.js';
import { waveform } from '../pictures/waveform.js';
import type { Recording } from '../tale/recordings.js';
import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import { encodeFlac } from './flac.js';

/** What a take's page shows and plays of one recording. */
export interface HeldRecording {
  readonly agent: string;
  /** Files in the site's folder. */
  readonly sound: string;
  readonly picture: string;
  readonly waveform: Markup;
  /** Logical seconds of its first and last sample. */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/** Pixels of a take's spectrogram. */
export const SPECTROGRAM = { columns: 1500, bands: 160 } as const;

/** Writes what the recorders of a run wrote during a take: its sound and its spectrogram. */
export async function writeRecordings(
  tale: Tale,
  take: Take,
  folder: string,
): Promise<readonly HeldRecording[]> {
  const touching = tale.recordings.filter(({ from, to }) => from < take.to && to > take.from);
  return Promise.all(
    touching.map((one, i) => {
      const name = `${tale.slug}-take-${take.number}${i === 0 ? '' : `-${i + 1}`}`;
      return written(one, take, { folder, name });
    }),
  );
}

async function written(
  recording: Recording,
  take: Take,
  { folder, name }: { readonly folder: string; readonly name: string },
): Promise<HeldRecording> {
  const { file, sampleRate, agent } = recording;
  const from = Math.max(take.from, recording.from);
  const to = Math.min(take.to, recording.to);
  const first = Math.round((from - recording.from) * sampleRate);
  const audio = readWav(file, { from: first, frames: Math.round((to - from) * sampleRate) });
  const samples = audio.channels[0] ?? new Float32Array();
  const [sound, picture] = [`recordings/${name}.flac`, `pictures/${name}.png`];
  const flac = await encodeFlac(audio);
  await writeWhole(join(folder, sound), flac);
  await writeWhole(join(folder, picture), melPicture(samples, sampleRate, SPECTROGRAM));
  return { agent, sound, picture, waveform: waveform(samples), from, to, bytes: flac.length };
}
