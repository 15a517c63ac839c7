import type { NetworkKind } from '../models/index.js';
import type { Losses } from './held-out.js';
import type { Family, RecipeName } from './recipes/settings.js';
import type { Best } from './folder/best-versions.js';
import type { TrackAccount } from './tracking/aside.js';
import type { Tracker } from './tracking/tracker.js';

/** What a new training begins with. */
export interface NewTraining {
  readonly family: Family;
  /** Settings that replace the recipe's, by name. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** The family's own choice, or that of `from`, unless told. */
  readonly kind?: NetworkKind;
  readonly recipe: RecipeName;
  readonly corpus: string;
  readonly seed: number;
  readonly id?: string;
  /** A run whose weights (and widths, and statistics) to start from. */
  readonly from?: string;
  /** The command line, for the card. */
  readonly command: string;
}

/** What is told while a training goes on. */
export type TrainReport =
  | {
      readonly says: 'preparing';
      readonly file: string;
      readonly index: number;
      readonly count: number;
    }
  | { readonly says: 'skipped'; readonly file: string; readonly reason: string }
  | { readonly says: 'begun'; readonly id: string; readonly engine: string; readonly why: string }
  | {
      readonly says: 'compiled';
      readonly step: number;
      readonly nodes: number | undefined;
      readonly workers: number;
    }
  | {
      readonly says: 'step';
      readonly step: number;
      readonly phase: string;
      readonly losses: Losses;
    }
  | { readonly says: 'heard'; readonly step: number; readonly heldOut: Losses }
  | { readonly says: 'kept'; readonly step: number; readonly id: string }
  | { readonly says: 'untracked'; readonly fault: string };

/** How a training is done. */
export interface TrainOptions {
  /** What to begin, or the id of what to go on with. */
  readonly work: NewTraining | { readonly resume: string };
  readonly registry: string;
  /** Where analyses of recordings are kept. */
  readonly cache: string;
  readonly engine: string;
  readonly threads?: number;
  /** Processes that share every batch: 1, or what a resumed training has, unless told. */
  readonly workers?: number;
  /** Steps in all, and minutes of this call; what comes first ends it. */
  readonly steps?: number;
  readonly minutes?: number;
  /** Seconds of some clock. */
  readonly now: () => number;
  /** Asked after every step whether to save and leave. */
  readonly stopped: () => boolean;
  readonly report: (report: TrainReport) => void;
  /** Who keeps account besides the local files; none of them can stop or slow the training. */
  readonly trackers?: readonly Tracker[];
}

/** What a training came to in one call. */
export interface TrainResult {
  readonly id: string;
  readonly folder: string;
  readonly kind: NetworkKind;
  readonly step: number;
  readonly phase: string;
  readonly losses: Losses | null;
  readonly heldOut: Losses | null;
  readonly best: readonly Best[];
  readonly secondsPerStep: number | null;
  readonly engine: string;
  readonly workers: number;
  readonly ended: 'steps' | 'minutes' | 'asked';
  readonly corpus: { readonly hash: string; readonly files: number; readonly skipped: number };
  /** What became of the records for each of the trackers. */
  readonly tracked: readonly TrackAccount[];
}
