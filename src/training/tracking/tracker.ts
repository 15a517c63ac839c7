import type { Losses } from '../held-out.js';

/** What a training is, told once when it begins or goes on. */
export interface Begun {
  readonly event: 'begun';
  /** The step it goes on from; whatever was told of later steps is forgotten. */
  readonly step: number;
  readonly run: string;
  readonly kind: string;
  /** Where the training keeps its files. */
  readonly folder: string;
  readonly recipe: string;
  readonly seed: number;
  readonly engine: string;
  readonly threads: number;
  readonly corpusHash: string;
  readonly from: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Losses of a step: every step up to the thousandth, then every tenth. */
export interface Stepped {
  readonly event: 'step';
  readonly step: number;
  readonly phase: string;
  readonly losses: Losses;
}

/** Mean losses on material that was never learned from. */
export interface HeldOut {
  readonly event: 'held-out';
  readonly step: number;
  readonly phase: string;
  readonly losses: Losses;
}

/** A version that was kept as a run of its own. */
export interface Kept {
  readonly event: 'kept';
  readonly step: number;
  readonly phase: string;
  readonly run: string;
  readonly as: 'version' | 'best';
}

/** The run in the registry is now that of this step. */
export interface Stored {
  readonly event: 'stored';
  readonly step: number;
  readonly phase: string;
}

/** The training has left off; `why` is the error it failed with. */
export interface Ended {
  readonly event: 'ended';
  readonly step: number;
  readonly how: 'steps' | 'minutes' | 'asked' | 'failed';
  readonly why: string | null;
}

/** What a training tells of itself. */
export type TrackRecord = Begun | Stepped | HeldOut | Kept | Stored | Ended;

/**
 * Whoever keeps account of a training: `begun` comes first, `ended` last unless the process dies.
 * After `close` nothing more comes; it leaves off when `limit` is aborted.
 */
export interface Tracker {
  /** Takes one record after another; the next comes when this one is settled. */
  track(record: TrackRecord): void | Promise<void>;
  close(limit: AbortSignal): void | Promise<void>;
}
