import type { Packed } from '../../archive/index.js';
import type { Samples } from '../../core/index.js';
import type { Seat } from '../seat.js';
import type { Checkpoint } from './checkpoint.js';

/** What an agent was when it was kept last. */
export interface Memory {
  readonly time: Samples;
  readonly state: Packed;
}

/** Remembers the latest checkpoint, for agents that are started anew while the run goes on. */
export class Memories {
  #latest: Pick<Checkpoint, 'time' | 'seats' | 'states'> | undefined;

  constructor(entered?: Checkpoint) {
    if (entered !== undefined) this.keep(entered);
  }

  /** Takes the place of what was remembered before. */
  keep({ time, seats, states }: Checkpoint): void {
    this.#latest = { time, seats, states };
  }

  /** What is remembered of an agent: nothing where it was parked, or of another kind. */
  of({ id, kind }: Pick<Seat, 'id' | 'kind'>): Memory | undefined {
    const { time, seats, states } = this.#latest ?? {};
    const state = states?.[id];
    if (time === undefined || state === undefined) return undefined;
    const same = seats?.some((seat) => seat.id === id && seat.kind === kind);
    return same === true ? { time, state } : undefined;
  }
}
