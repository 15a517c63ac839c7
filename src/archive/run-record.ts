import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentId, type Limits, type Samples, UserError, messageOf } from '../core/index.js';
import type { ArchivePolicy } from './keeping/policy.js';

/** A file that a run was made from: its path from the project's root, and its SHA-256. */
export interface SourceFile {
  readonly path: string;
  readonly hash: string;
}

/** A recording that a run's agents may read, as it was at the start. */
export interface CorpusFile {
  /** From the scenario's folder. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256; absent where the recordings are too many to be read before the first beat. */
  readonly hash?: string;
  /** When it was last changed, ISO 8601; only where there is no hash. */
  readonly changedAt?: string;
}

/** Where a run came from that did not begin at 0 or repeats another. */
export interface RunOrigin {
  readonly how: 'fork' | 'replay' | 'resume';
  readonly run: string;
  /** Folder of that run, relative to this one's. */
  readonly folder: string;
  /** Logical time at which this run enters that one. */
  readonly at: Samples;
  /** The run that was cut off, where it left no checkpoint and `run` is what that had entered. */
  readonly after?: string;
}

/** An agent as `run.json` names it. */
export interface RecordedAgent {
  readonly id: AgentId;
  readonly kind: string;
}

/** A link as `run.json` names it, ports as `agent.port`; its number is its place in the list. */
export interface RecordedLink {
  readonly from: string;
  readonly to: string;
  readonly way: 'feeds' | 'returns';
  readonly delaySamples: Samples;
  readonly gain: number;
}

/**
 * What `run.json` says of a run before its first event: enough to run it again, and what may
 * differ then. Fields that came with format 2 are absent from older runs.
 */
export interface RunRecord {
  /** 2 since journals are chained; absent before. */
  readonly format?: number;
  readonly run: string;
  readonly title: string;
  readonly seed: number;
  readonly clock: 'virtual' | 'real';
  readonly bus: string;
  /** Wall time, ISO 8601. */
  readonly startedAt: string;
  readonly durationSeconds?: number;
  readonly only?: readonly AgentId[];
  readonly sampleRate: number;
  readonly limits: Limits;
  readonly scenario: { readonly file: string; readonly hash: string };
  /** The project it was started from (absolute), the scenario's path in it, and what was read. */
  readonly project?: {
    readonly root: string;
    readonly scenario: string;
    readonly files: readonly SourceFile[];
  };
  readonly models: readonly {
    readonly role: string;
    readonly run: string;
    readonly hash: string;
    readonly trained: boolean;
  }[];
  /** Recordings that lie in the folders its agents play from. */
  readonly corpus?: readonly CorpusFile[];
  /** Agents that play another kind than the scenario says: its name, or its file. */
  readonly replaced?: Readonly<Record<AgentId, string>>;
  /** What the bytes may depend on: `demiurge`, `node`, `machine`, `cpu`, `onnxruntime`, `index`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Whether the same scenario, seed, models and corpus give the same bytes again. */
  readonly exact: boolean;
  /** Why not. */
  readonly inexact?: string;
  readonly origin?: RunOrigin;
  /** In the order of the scenario, absent from runs of format 1. */
  readonly agents?: readonly RecordedAgent[];
  /** As the scenario wrote them, before any control; absent from runs of format 1. */
  readonly links?: readonly RecordedLink[];
  /** The scenario's `archive:`; absent where it has none. */
  readonly archive?: ArchivePolicy;
}

/** Reads `run.json` of a run's folder; a UserError where there is none, or it is no such thing. */
export function readRunRecord(folder: string): RunRecord {
  const file = join(folder, 'run.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError({
      what: missing
        ? 'this is not the folder of a run'
        : `run.json is damaged: ${messageOf(cause)}`,
      where: missing ? folder : file,
      allowed: 'the folder that `demiurge run` wrote, with its run.json',
      cause,
    });
  }
}
