import { ArrayStore, type Packed, writeCheckpointText } from '../../archive/index.js';
import { type AgentId, type Samples, UserError, messageOf } from '../../core/index.js';
import type { Chronicle } from '../chronicle.js';
import { stopwatch } from '../clock.js';
import type { Line } from '../line.js';
import type { Post } from '../post.js';
import type { Seat } from '../seat.js';
import type { SwarmEvent } from '../swarm-event.js';
import { type Checkpoint, checkpointText } from './checkpoint.js';
import type { Memories } from './memory.js';
import { type CheckpointPlan, nextCheckpoint } from './plan.js';
import { snapshotOf } from './snapshot.js';

/** What checkpoints are made from, and where they go. */
export interface KeeperParts {
  readonly plan: CheckpointPlan;
  /** When the run began; no checkpoint is kept then or before. */
  readonly began: Samples;
  readonly sampleRate: number;
  readonly folder: string;
  readonly blobs: readonly [string, ...string[]];
  readonly seats: readonly Seat[];
  /** The links as written. */
  readonly lines: readonly Line[];
  readonly chronicle: Chronicle;
  readonly notify: (event: SwarmEvent) => void;
  /** Told what was kept. */
  readonly memories: Memories;
}

/** Keeps the states of all agents from time to time, so that the run can be entered there. */
export class CheckpointKeeper {
  readonly #parts: KeeperParts;
  readonly #arrays: ArrayStore;
  #next: Samples;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#arrays = new ArrayStore(parts.blobs);
    this.#next = nextCheckpoint(parts.plan, parts.began, parts.sampleRate);
  }

  /** The time of the next checkpoint; nothing at or after it may happen before it is kept. */
  get next(): Samples {
    return this.#next;
  }

  /**
   * Keeps a checkpoint while nothing happens. Where an agent is down, none is kept this time; where
   * a state cannot be kept, none is from then on, and the journal says why.
   */
  async keep(post: Post): Promise<void> {
    const { plan, sampleRate, seats, chronicle, notify } = this.#parts;
    const time = this.#next;
    this.#next = nextCheckpoint(plan, time, sampleRate);
    if (seats.some(({ health }) => health === 'down')) return;
    const seconds = stopwatch();
    try {
      // What is steered meanwhile takes effect at this time or later, and is journaled behind it.
      chronicle.reach(time - 1);
      const rest = snapshotOf(seats, this.#parts.lines, post);
      const checkpoint = { time, ...rest, states: await this.#states() };
      const text = checkpointText(checkpoint, this.#arrays);
      const hash = writeCheckpointText(this.#parts.folder, time, text);
      this.#parts.memories.keep(checkpoint);
      chronicle.checkpoint({ type: 'checkpoint', time, hash });
      notify({ type: 'checkpoint', time, seconds: seconds(), bytes: text.length });
    } catch (error) {
      this.#note(error instanceof UserError ? 'no checkpoints' : 'no checkpoint', time, error);
    }
  }

  async #states(): Promise<Checkpoint['states']> {
    const up = this.#parts.seats.filter(({ health }) => health === 'up');
    const saved = up.map(
      async ({ id, performer }): Promise<[AgentId, Packed]> => [id, await performer.save()],
    );
    return Object.fromEntries(await Promise.all(saved));
  }

  /** A state that cannot be kept will not be next time; a disk or a process may be back. */
  #note(what: 'no checkpoints' | 'no checkpoint', time: Samples, error: unknown): void {
    if (what === 'no checkpoints') this.#next = Number.POSITIVE_INFINITY;
    const says = messageOf(error);
    this.#parts.chronicle.happened({ type: 'happened', time, what, says });
    this.#parts.notify({ type: 'unkept', says });
  }
}
