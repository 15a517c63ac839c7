import { UserError } from '../../core/index.js';
import type { RunRecord } from '../../models/index.js';
import type { SkippedFile } from '../corpus/recordings.js';
import { loadMaterial } from './excerpt.js';
import { describeCorpus, normalisedRows, statsOf } from './descriptor-sequences.js';
import { type GeneratorEvaluation, evaluateGenerator } from './generator-evaluation.js';
import { openGeneration, openResynthesis, openSequencer } from './run-voices.js';
import { type SequencerEvaluation, evaluateSequencer } from './sequencer-evaluation.js';
import { type VocoderEvaluation, evaluateVocoder } from './vocoder-evaluation.js';

/** What a run is judged by. */
export interface EvaluateOptions {
  /** A folder of recordings that training never saw, or one such recording. */
  readonly corpus: string;
  /** How much of it at most; unless given 60 s for a vocoder, 240 a generator, 120 a sequencer. */
  readonly seconds?: number;
  /** Frames a sequencer predicts; 40 unless given. */
  readonly steps?: number;
  /** Where all chance comes from; 1 unless given. */
  readonly seed?: number;
  readonly threads?: number;
  readonly onProgress?: (done: number, count: number) => void;
}

/** What was found, by the role of the run's main network. */
export type Evaluation = {
  readonly run: string;
  readonly kind: string;
  readonly trained: boolean;
  readonly corpus: string;
  readonly seed: number;
  readonly skipped: readonly SkippedFile[];
} & (
  | ({ readonly role: 'vocoder'; readonly silent: number } & VocoderEvaluation)
  | ({ readonly role: 'generator'; readonly silent: number } & GeneratorEvaluation)
  | ({ readonly role: 'sequencer' } & SequencerEvaluation)
);

type Judge = (run: RunRecord, options: Judged) => Promise<Evaluation>;
type Judged = EvaluateOptions & { readonly seed: number };

const EXCERPT_SECONDS = 5;
/** As long as una-GAN's training clips (anatomy §3.8). */
const CLIP_SECONDS = 10;
const SECONDS_MIN = 0.25;

const JUDGES: Readonly<Partial<Record<RunRecord['role'], Judge>>> = {
  vocoder: judgeVocoder,
  generator: judgeGenerator,
  sequencer: judgeSequencer,
};

/**
 * Measures a run on recordings beside its plain peers; the definitions are in docs/evaluation.md.
 * Same run, corpus and options: same figures. Throws a UserError for a run that is no vocoder,
 * una-GAN or sequencer, and for a corpus that gives too little.
 */
export async function evaluateRun(run: RunRecord, options: EvaluateOptions): Promise<Evaluation> {
  const judge = JUDGES[run.role];
  if (judge !== undefined) return judge(run, { ...options, seed: options.seed ?? 1 });
  throw new UserError({
    what: `a ${run.kind} alone says nothing that could be measured`,
    where: `run ${run.id}`,
    allowed: 'a vocoder, a una-GAN or a sequencer',
  });
}

async function judgeVocoder(run: RunRecord, options: Judged): Promise<Evaluation> {
  const { corpus, seconds: secondsMax = 60, seed, onProgress } = options;
  const cut = { excerptSeconds: EXCERPT_SECONDS, secondsMin: SECONDS_MIN, secondsMax };
  const { sampleRate } = run;
  const { excerpts, silent, skipped } = await loadMaterial(corpus, { ...cut, sampleRate });
  const voice = await openResynthesis(run, options);
  try {
    const heard = onProgress && { onExcerpt: onProgress };
    const found = await evaluateVocoder(excerpts, voice.say, { sampleRate, seed, ...heard });
    return { role: 'vocoder', ...headOf(run, options), silent, skipped, ...found };
  } finally {
    await voice.close();
  }
}

async function judgeGenerator(run: RunRecord, options: Judged): Promise<Evaluation> {
  const { corpus, seconds: secondsMax = 240, seed, onProgress } = options;
  const cut = { excerptSeconds: CLIP_SECONDS, secondsMin: 1, secondsMax };
  const { sampleRate } = run;
  const { excerpts, silent, skipped } = await loadMaterial(corpus, { ...cut, sampleRate });
  const voice = await openGeneration(run, options);
  try {
    const heard = onProgress && { onClip: onProgress };
    const found = await evaluateGenerator(excerpts, voice.say, { sampleRate, seed, ...heard });
    return { role: 'generator', ...headOf(run, options), silent, skipped, ...found };
  } finally {
    await voice.close();
  }
}

async function judgeSequencer(run: RunRecord, options: Judged): Promise<Evaluation> {
  const { corpus, seconds = 120, steps = 40, onProgress } = options;
  const { sequences, skipped } = await describeCorpus(corpus, run);
  const stats = run.stats ?? statsOf(sequences);
  const normal = sequences.map((sequence) => normalisedRows(sequence, stats));
  const windowsMax = Math.ceil((seconds * run.sampleRate) / (steps * run.hopLength));
  const voice = await openSequencer(run, options);
  try {
    const heard = onProgress && { onWindow: onProgress };
    const asked = { window: voice.window, steps, windowsMax, ...heard };
    const found = await evaluateSequencer(normal, voice.say, asked);
    return { role: 'sequencer', ...headOf(run, options), skipped, ...found };
  } finally {
    await voice.close();
  }
}

function headOf(run: RunRecord, { corpus, seed }: Judged) {
  return { run: run.id, kind: run.kind, trained: run.trained, corpus, seed };
}
