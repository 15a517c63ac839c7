import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { PlacedNote, Technique } from '../../audio/index.js';
import { TECHNIQUES, WavWriter } from '../../audio/index.js';
import { messageOf, SAMPLE_RATE_DEFAULT, seededRandom, UserError } from '../../core/index.js';
import { type Focus, playRecording, type RecordingPlan } from './recording.js';

/** What to render: how long all recordings are together, and where they go. */
export interface RenderOptions {
  readonly seconds: number;
  readonly seed: number;
  /** The folder to make; one that exists must be empty. */
  readonly out: string;
  /** Which techniques; all unless given. */
  readonly techniques?: readonly Technique[];
  /** Length of one recording, 30 unless given; the last may be shorter. */
  readonly fileSeconds?: number;
  /** Hears of every recording as it is written. */
  readonly onRecording?: (label: RecordingLabel, done: number, count: number) => void;
}

/** What is in a recording: stored beside it as JSON, with times in seconds from its start. */
export interface RecordingLabel {
  readonly file: string;
  readonly sampleRate: number;
  readonly seconds: number;
  readonly focus: Focus;
  readonly notes: readonly PlacedNote[];
}

/** What was rendered, as `corpus.json` beside the recordings says. */
export interface RenderedCorpus {
  readonly seed: number;
  readonly seconds: number;
  readonly techniques: readonly Technique[];
  readonly recordings: readonly Omit<RecordingLabel, 'notes'>[];
}

/**
 * Renders bowed-string recordings (16-bit mono WAV, 44.1 kHz) with labels into a new folder: a
 * mixed one, then one of each technique, over again. Same options, same bytes. The folder appears
 * whole or not at all; a UserError when it holds anything or cannot be written.
 */
export async function renderCorpus(options: RenderOptions): Promise<RenderedCorpus> {
  const { seed, seconds, techniques = TECHNIQUES } = options;
  const out = resolve(options.out);
  await refuseFull(out);
  const draft = join(dirname(out), `.${basename(out)}.part`);
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    const recordings = await renderInto(draft, options);
    const corpus: RenderedCorpus = { seed, seconds, techniques, recordings };
    await writeFile(join(draft, 'corpus.json'), json(corpus));
    await replaceEmpty(draft, out);
    return corpus;
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (cause instanceof UserError) throw cause;
    throw new UserError({ what: `it cannot be written: ${messageOf(cause)}`, where: out, cause });
  }
}

async function renderInto(
  folder: string,
  options: RenderOptions,
): Promise<RenderedCorpus['recordings']> {
  const plans = plansOf(options);
  const recordings: Omit<RecordingLabel, 'notes'>[] = [];
  for (const [i, plan] of plans.entries()) {
    const name = `${String(i + 1).padStart(3, '0')}-${plan.focus}`;
    const label = record(folder, name, plan);
    await writeFile(join(folder, `${name}.json`), json(label));
    const { notes: _, ...summary } = label;
    recordings.push(summary);
    options.onRecording?.(label, i + 1, plans.length);
    // Between two recordings signals and timers of the caller have their turn.
    await new Promise(setImmediate);
  }
  return recordings;
}

function plansOf(options: RenderOptions): readonly RecordingPlan[] {
  const { seconds, seed, techniques = TECHNIQUES, fileSeconds = 30 } = options;
  const focuses: readonly Focus[] = techniques.length > 1 ? ['mixed', ...techniques] : techniques;
  return Array.from({ length: Math.ceil(seconds / fileSeconds) }, (_, i) => ({
    focus: focuses[i % focuses.length] as Focus,
    techniques,
    seconds: Math.min(fileSeconds, seconds - i * fileSeconds),
    sampleRate: SAMPLE_RATE_DEFAULT,
    random: seededRandom(seed, 'corpus', String(i)),
  }));
}

function record(folder: string, name: string, plan: RecordingPlan): RecordingLabel {
  const { focus, sampleRate } = plan;
  const file = `${name}.wav`;
  const writer = new WavWriter(join(folder, file), { sampleRate });
  const notes: PlacedNote[] = [];
  try {
    for (const passage of playRecording(plan)) {
      writer.write([passage.samples]);
      notes.push(...passage.notes);
    }
  } finally {
    writer.close();
  }
  return { file, sampleRate, seconds: writer.seconds, focus, notes };
}

async function refuseFull(out: string): Promise<void> {
  const found = await readdir(out).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw new UserError({ what: messageOf(cause), where: out, allowed: 'a folder', cause });
  });
  if (found.length === 0) return;
  const hint = 'give another --out, or empty the folder yourself';
  throw new UserError({ what: `it holds ${found.length} file(s) already`, where: out, hint });
}

async function replaceEmpty(draft: string, out: string): Promise<void> {
  await rmdir(out).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
  });
  await rename(draft, out);
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}
