import { join } from 'node:path';
import { readWav, wavInfo } from '../audio/index.js';
import { hashOfFile } from '../swarm/index.js';
import { soundFilesIn } from './certificate.js';

/** One sound file of two runs. */
export interface SoundVerdict {
  readonly file: string;
  /** `part`: alike as far as both go, though one begins earlier or goes on. */
  readonly verdict: 'equal' | 'part' | 'different' | 'missing' | 'extra';
  /** Where the first frame differs, in seconds of the other file. */
  readonly firstSeconds?: number;
}

/** Which stretch two files have in common. */
export interface SoundStretch {
  /** The other file begins so many seconds after the original; 0 unless given. */
  readonly offsetSeconds?: number;
  /** They are compared up to here, in seconds of the other file. */
  readonly untilSeconds?: number;
}

/**
 * Compares the sound files of two runs' folders byte for byte; where one begins later or ends
 * earlier than the other, frame by frame, as far as both go.
 */
export async function compareSounds(
  original: string,
  other: string,
  stretch: SoundStretch = {},
): Promise<SoundVerdict[]> {
  const [left, right] = [new Set(soundFilesIn(original)), new Set(soundFilesIn(other))];
  const verdicts: SoundVerdict[] = [];
  for (const name of [...new Set([...left, ...right])].sort()) {
    const file = `audio/${name}`;
    const [a, b] = [join(original, file), join(other, file)];
    if (!right.has(name)) verdicts.push({ file, verdict: 'missing' });
    else if (!left.has(name)) verdicts.push({ file, verdict: 'extra' });
    else verdicts.push({ file, ...(await judge(a, b, stretch)) });
  }
  return verdicts;
}

type Judgement = Omit<SoundVerdict, 'file'>;

async function judge(a: string, b: string, stretch: SoundStretch): Promise<Judgement> {
  if ((await hashOfFile(a)) === (await hashOfFile(b))) return { verdict: 'equal' };
  const [left, right] = [wavInfo(a), wavInfo(b)];
  const { sampleRate } = left;
  const offset = Math.round((stretch.offsetSeconds ?? 0) * sampleRate);
  const asked = askedFrames(stretch.untilSeconds, sampleRate);
  const ends = left.frames - offset === right.frames;
  const frames = Math.min(left.frames - offset, right.frames, ends ? right.frames : asked);
  const at = firstFrameApart({ path: a, offset }, b, frames);
  if (at === undefined && (ends || frames === asked)) return { verdict: 'part' };
  return { verdict: 'different', firstSeconds: (at ?? frames) / sampleRate };
}

/** A file that ends earlier ends otherwise: its limiter looks ahead, and its end is faded. */
const END_SECONDS = 0.05;

function askedFrames(untilSeconds: number | undefined, sampleRate: number): number {
  if (untilSeconds === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.floor((untilSeconds - END_SECONDS) * sampleRate));
}

const STRETCH = 441_000;

interface Shifted {
  readonly path: string;
  readonly offset: number;
}

function firstFrameApart(a: Shifted, b: string, frames: number): number | undefined {
  for (let from = 0; from < frames; from += STRETCH) {
    const slice = { from, frames: Math.min(STRETCH, frames - from) };
    const left = readWav(a.path, { ...slice, from: from + a.offset }).channels;
    const right = readWav(b, slice).channels;
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
