import { griffinLim, logMel80, MEL_HOP } from '../../audio/index.js';
import { type Audio, seededRandom, UserError } from '../../core/index.js';
import type { Excerpt } from './excerpt.js';
import { melDistanceDb } from './mel-distance.js';
import { spectralDistance } from './spectral-distance.js';

/** How near a vocoder's sound is to the recordings whose mels it heard; 0 is the same sound. */
export interface VocoderFigures {
  /** Mean 20·|Δlog10 mel| over 80 bands and all frames, in decibels. */
  readonly melDb: number;
  /** Multi-resolution spectral convergence. */
  readonly convergence: number;
  /** Multi-resolution log-magnitude distance, in nepers. */
  readonly logMagnitude: number;
}

/** A vocoder and Griffin–Lim on the same stretch of recordings. */
export interface VocoderComparison {
  readonly vocoder: VocoderFigures;
  readonly griffinLim: VocoderFigures;
}

/** A vocoder on all excerpts, and file by file. Means are weighted by length. */
export interface VocoderEvaluation extends VocoderComparison {
  readonly seconds: number;
  readonly files: readonly (VocoderComparison & { readonly file: string })[];
}

/** What makes a sound again from its own mel. */
export type Resynthesis = (recording: Audio) => Promise<Audio>;

/** How recordings are compared with their copies. */
export interface VocoderOptions {
  readonly sampleRate: number;
  /** Where Griffin–Lim's first phases come from. */
  readonly seed: number;
  /** Griffin–Lim's rounds; 32 unless given. */
  readonly iterations?: number;
  readonly onExcerpt?: (done: number, count: number) => void;
}

interface Weighed extends VocoderComparison {
  readonly file: string;
  readonly samples: number;
}

/**
 * Copies excerpts through a vocoder and through Griffin–Lim and measures both against the
 * recordings. Throws a UserError when the vocoder's sound is shorter than what it copies.
 */
export async function evaluateVocoder(
  excerpts: readonly Excerpt[],
  resynthesise: Resynthesis,
  options: VocoderOptions,
): Promise<VocoderEvaluation> {
  const { sampleRate, seed, iterations = 32, onExcerpt } = options;
  const all: Weighed[] = [];
  for (const [i, excerpt] of excerpts.entries()) {
    const recording = wholeFrames(excerpt, sampleRate);
    const random = seededRandom(seed, 'griffin-lim', String(i));
    const plain = griffinLim(logMel80(recording), { random, iterations });
    const vocoder = figuresOf(await resynthesise(recording), recording);
    const samples = recording.channels[0]!.length;
    all.push({ file: excerpt.file, samples, vocoder, griffinLim: figuresOf(plain, recording) });
    onExcerpt?.(i + 1, excerpts.length);
  }
  const files = [...new Set(all.map(({ file }) => file))];
  return {
    ...meanOf(all),
    seconds: all.reduce((sum, { samples }) => sum + samples, 0) / sampleRate,
    files: files.map((file) => ({ file, ...meanOf(all.filter((one) => one.file === file)) })),
  };
}

function wholeFrames({ samples }: Excerpt, sampleRate: number): Audio {
  const length = Math.floor(samples.length / MEL_HOP) * MEL_HOP;
  return { sampleRate, channels: [samples.subarray(0, length)] };
}

function figuresOf(copy: Audio, recording: Audio): VocoderFigures {
  const [found, wanted] = [copy.channels[0]!, recording.channels[0]!];
  if (found.length < wanted.length) {
    const what = `the vocoder says ${found.length} samples for ${wanted.length}`;
    throw new UserError({ what, allowed: `${MEL_HOP} samples for each mel frame` });
  }
  const same: Audio = { ...recording, channels: [found.subarray(0, wanted.length)] };
  const melDb = melDistanceDb(logMel80(same), logMel80(recording));
  return { melDb, ...spectralDistance(found, wanted) };
}

function meanOf(all: readonly Weighed[]): VocoderComparison {
  const samples = all.reduce((sum, one) => sum + one.samples, 0);
  const over = (pick: (one: Weighed) => number): number =>
    all.reduce((sum, one) => sum + pick(one) * one.samples, 0) / samples;
  const figures = (who: keyof VocoderComparison): VocoderFigures => ({
    melDb: over((one) => one[who].melDb),
    convergence: over((one) => one[who].convergence),
    logMagnitude: over((one) => one[who].logMagnitude),
  });
  return { vocoder: figures('vocoder'), griffinLim: figures('griffinLim') };
}
