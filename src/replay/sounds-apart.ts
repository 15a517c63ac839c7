import { join } from 'node:path';
import { readWav, wavInfo } from '../audio/index.js';
import { hashOfFile } from '../swarm/index.js';
import { soundFilesIn } from './certificate.js';

/** One sound file of two runs. */
export interface SoundVerdict {
  readonly file: string;
  /** `prefix`: alike as far as was asked, though one goes on. */
  readonly verdict: 'equal' | 'prefix' | 'different' | 'missing' | 'extra';
  /** Where the first frame differs, in seconds. */
  readonly firstSeconds?: number;
}

/**
 * Compares the sound files of two runs' folders byte for byte; where one of them goes on behind
 * `untilSeconds`, frame by frame up to there.
 */
export async function compareSounds(
  original: string,
  other: string,
  untilSeconds?: number,
): Promise<SoundVerdict[]> {
  const [left, right] = [new Set(soundFilesIn(original)), new Set(soundFilesIn(other))];
  const verdicts: SoundVerdict[] = [];
  for (const name of [...new Set([...left, ...right])].sort()) {
    const file = `audio/${name}`;
    if (!right.has(name)) verdicts.push({ file, verdict: 'missing' });
    else if (!left.has(name)) verdicts.push({ file, verdict: 'extra' });
    else
      verdicts.push({
        file,
        ...(await judge(join(original, file), join(other, file), untilSeconds)),
      });
  }
  return verdicts;
}

type Judgement = Omit<SoundVerdict, 'file'>;

async function judge(a: string, b: string, untilSeconds?: number): Promise<Judgement> {
  if ((await hashOfFile(a)) === (await hashOfFile(b))) return { verdict: 'equal' };
  const [left, right] = [wavInfo(a), wavInfo(b)];
  const { sampleRate } = left;
  const asked = askedFrames(untilSeconds, sampleRate);
  const frames = Math.min(left.frames, right.frames, asked);
  const at = firstFrameApart(a, b, frames);
  if (at === undefined && frames === asked) return { verdict: 'prefix' };
  return { verdict: 'different', firstSeconds: (at ?? frames) / sampleRate };
}

/** A file that ends earlier ends otherwise: its limiter looks ahead, and its end is faded. */
const END_SECONDS = 0.05;

function askedFrames(untilSeconds: number | undefined, sampleRate: number): number {
  if (untilSeconds === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.floor((untilSeconds - END_SECONDS) * sampleRate));
}

const STRETCH = 441_000;

function firstFrameApart(a: string, b: string, frames: number): number | undefined {
  for (let from = 0; from < frames; from += STRETCH) {
    const slice = { from, frames: Math.min(STRETCH, frames - from) };
    const [left, right] = [readWav(a, slice).channels, readWav(b, slice).channels];
    if (left.length !== right.length) return from;
    const places = left.map((channel, c) => apart(channel, right[c] as Float32Array));
    const first = Math.min(...places);
    if (Number.isFinite(first)) return from + first;
  }
  return undefined;
}

function apart(a: Float32Array, b: Float32Array): number {
  const at = a.findIndex((value, i) => !Object.is(value, b[i]));
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}
