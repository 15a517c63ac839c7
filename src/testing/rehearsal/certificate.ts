import type { MemoryGrowth } from './memory.js';
import type { Mishap } from './mishap.js';

/** One thing a rehearsal asserts, and what it found. */
export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** The figures behind it, in words. */
  readonly says: string;
}

/** What repeats exactly with the same scenario, seed, days and mishaps. */
export interface RehearsalFigures {
  readonly messages: number;
  readonly delivered: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly inFlight: number;
  readonly gaps: number;
  readonly restarts: number;
  readonly failures: number;
  readonly lapsMax: number;
  /** Of all lines that repeat. */
  readonly journalDigest: string;
  readonly mishaps: Readonly<Partial<Record<Mishap, number>>>;
  /** The longest time that nothing reached a recorder; absent where there is none. */
  readonly silenceSeconds?: number;
  readonly loops: readonly RehearsedLoop[];
}

/** A loop, and the longest time that one of its links carried nothing. */
export interface RehearsedLoop {
  readonly agents: readonly string[];
  readonly periodSeconds: number;
  readonly quietSeconds: number;
  readonly isStuck: boolean;
}

/** What depends on the machine. */
export interface RehearsalMeasures {
  readonly wallSeconds: number;
  readonly archiveBytes: number;
  readonly diskRefusals: number;
  readonly journalEntries: number;
  readonly tornWrites: number;
  readonly memory: MemoryGrowth;
}

/** What a rehearsal found: one page. */
export interface RehearsalCertificate {
  readonly title: string;
  readonly seed: number;
  readonly days: number;
  readonly figures: RehearsalFigures;
  readonly measured: RehearsalMeasures;
  readonly checks: readonly Check[];
  readonly passed: boolean;
}
