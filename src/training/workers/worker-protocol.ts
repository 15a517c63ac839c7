import type { Tensors, UserErrorParts } from '../../core/index.js';
import type { NetworkKind, Training } from '../../models/index.js';
import type { Settings } from '../recipes/settings.js';

/** Gradients of a part of a batch, with its losses. */
export type Findings = Parameters<Training['averaged']>[0][number];

/** What a worker computes: a phase of a training, at the size of its own part of the batch. */
export interface Task {
  readonly kind: NetworkKind;
  readonly settings: Settings;
  /** Which phase of the plan, from 0. */
  readonly phase: number;
  readonly engine: string;
  readonly threads: number;
}

/** What the leader asks of a worker, one thing at a time. */
export type WorkerRequest =
  | { readonly type: 'open'; readonly task: Task }
  /** `heard` is what the worker has not heard in an earlier stage of the same step. */
  | { readonly type: 'find'; readonly stage: number; readonly heard: Tensors };

/** What a worker answers. */
export type WorkerReply =
  | { readonly type: 'opened'; readonly nodes: number | undefined }
  | { readonly type: 'found'; readonly findings: Findings }
  | { readonly type: 'failed'; readonly parts: UserErrorParts };
