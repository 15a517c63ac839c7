import type { SwarmEvent } from '../../swarm/index.js';

/** Somebody who watches a run; hearing never blocks and never fails the run. */
export interface Watcher {
  hear(event: SwarmEvent): void;
  /** Shows a sentence that is no event of the swarm. */
  note(says: string): void;
  /** Leaves the screen as it was found. */
  close(): Promise<void>;
}

/** What a watcher knows before the first event. */
export interface Programme {
  readonly title: string;
  readonly run: string;
  readonly clock: 'virtual' | 'real';
  readonly seed: number;
  readonly durationSeconds: number | undefined;
}
