import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { AUDIO_FORMATS, loadAudio } from '../audio/index.js';
import { type Audio, UserError, seededRandom, toSamples } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';

/** A sound to begin with. */
export interface Probe {
  readonly name: string;
  readonly audio: Audio;
}

/** What to make probes of. */
export interface ProbeOptions {
  readonly seconds: number;
  readonly seed: number;
  /** A folder of recordings for scenarios without a past of their own. */
  readonly corpus: string;
  /** A sound file of the caller's, as one more probe. */
  readonly file?: string;
}

/** The probes, and the longer stretch of the corpus that inputs off the way round hear. */
export interface Probes {
  readonly list: readonly Probe[];
  readonly past: Audio;
}

const PEAK = 0.5;
const SINE_HZ = 440;
/** So much of the corpus is heard aside, in bars. */
const PAST_BARS = 4;

/** Silence, white noise, a sine of 440 Hz and a bar of the corpus, all of one length. */
export async function makeProbes(scenario: Scenario, options: ProbeOptions): Promise<Probes> {
  const { seconds, seed } = options;
  const { sampleRate } = scenario;
  const random = seededRandom(seed, 'atlas', 'noise');
  const drawn = (shape: (t: number) => number): Audio => {
    const samples = new Float32Array(toSamples(seconds, sampleRate));
    return { sampleRate, channels: [samples.map((_, i) => PEAK * shape(i / sampleRate))] };
  };
  const recording = await recordingOf(scenario, options);
  const list: Probe[] = [
    { name: 'silence', audio: drawn(() => 0) },
    { name: 'noise', audio: drawn(() => 2 * random.next() - 1) },
    { name: 'sine', audio: drawn((t) => Math.sin(2 * Math.PI * SINE_HZ * t)) },
    { name: 'bar', audio: stretch(recording, { seconds, seed }) },
  ];
  if (options.file !== undefined) list.push(await fileProbe(options.file, sampleRate, seconds));
  return { list, past: stretch(recording, { seconds: seconds * PAST_BARS, seed }) };
}

async function fileProbe(file: string, sampleRate: number, seconds: number): Promise<Probe> {
  const { channels } = await loadAudio(file, { sampleRate, mono: true });
  const samples = channels[0]?.slice(0, toSamples(seconds, sampleRate)) ?? new Float32Array(0);
  if (samples.length === 0) throw new UserError({ what: 'it holds no sound', where: file });
  return { name: basename(file, extname(file)), audio: { sampleRate, channels: [samples] } };
}

/** A recording of the first corpus agent's, or of the folder given. */
async function recordingOf(scenario: Scenario, { corpus, seed }: ProbeOptions): Promise<Audio> {
  const past = scenario.cast.find(({ kind }) => kind.kind === 'corpus');
  const folder = (past?.params as { readonly folder?: string } | undefined)?.folder;
  const place = folder === undefined ? corpus : resolve(scenario.folder, folder);
  const files = await soundFiles(place);
  if (files.length === 0) {
    const hint = 'put a recording there, or name another `folder:`';
    throw new UserError({ what: 'the corpus holds no recordings', where: place, hint });
  }
  const file = seededRandom(seed, 'atlas', 'bar').pick(files);
  return loadAudio(file, { sampleRate: scenario.sampleRate, mono: true });
}

async function soundFiles(place: string): Promise<readonly string[]> {
  const found = await stat(place).catch((cause: unknown) => {
    throw new UserError({ what: 'there is no such corpus', where: place, cause });
  });
  if (found.isFile()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isSound(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function isSound(name: string): boolean {
  const end = extname(name).slice(1).toLowerCase();
  return (AUDIO_FORMATS as readonly string[]).includes(end);
}

const TRIES = 16;

/** The loudest of a few places drawn by the seed, so that a bar is not a pause. */
function stretch(
  { sampleRate, channels }: Audio,
  { seconds, seed }: { readonly seconds: number; readonly seed: number },
): Audio {
  const samples = channels[0]!;
  const length = Math.min(samples.length, toSamples(seconds, sampleRate));
  const random = seededRandom(seed, 'atlas', 'place');
  let [best, most] = [samples.subarray(0, length), -1];
  for (let i = 0; i < TRIES; i++) {
    const from = random.below(samples.length - length + 1);
    const part = samples.subarray(from, from + length);
    const power = part.reduce((sum, x) => sum + x * x, 0);
    if (power > most) [best, most] = [part, power];
  }
  return { sampleRate, channels: [best.slice()] };
}
