import type { Draw, NetworkKind, RunStats, Training } from '../../models/index.js';
import type { Analysis } from '../corpus/analysis.js';
import type { Piece } from '../corpus/split.js';

/** A training step as a design, and the state it carries on. */
export type StepDesign = ReturnType<Training['sequencerStep']>;
/** What a training step leaves behind: parameters, optimisers, buffers, and the step done. */
export type TrainingState = ReturnType<Training['initialState']>;
/** Does one training step after another. */
export type Stepper = Awaited<ReturnType<Training['openStepper']>>;
/** What runs training steps. */
export type Engine = Training['tracedEngine'];

/** The part a network plays in a stored run. */
export type RunRole = 'generator' | 'encoder' | 'vocoder' | 'sequencer';

/** A stretch of a training in which the same is done at every step. */
export interface Phase {
  readonly name: string;
  /** The last step of the phase; the last phase has no end. */
  readonly until: number;
  readonly rate: number;
  /** The held-out loss by which the best version is chosen; less is better. */
  readonly figure: string;
  readonly design: StepDesign;
}

/** How one kind of network is trained: its data, its phases, and what is stored of it. */
export interface TrainingPlan {
  readonly kind: NetworkKind;
  readonly analysis: Analysis;
  /** Frames that a piece of a recording must have. */
  readonly least: number;
  /** Leaves out pieces of any but the commonest length. */
  readonly pieces?: 'commonest';
  readonly phases: readonly Phase[];
  /** Whether values are normalised by statistics of the corpus, which the run then stores. */
  readonly normalises: boolean;
  /** Batches of pieces; those to be judged by are not disturbed. */
  draw(
    design: StepDesign,
    pieces: readonly Piece[],
    stats: RunStats,
    purpose: 'learn' | 'judge',
  ): Draw;
  /** The networks of the stored run, by role, and the role each has in the design. */
  readonly stored: Readonly<Partial<Record<RunRole, string>>>;
  readonly sampleRate: number;
  readonly hopLength: number;
  readonly logBase: '10' | 'e';
}
