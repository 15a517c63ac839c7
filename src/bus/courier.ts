import { Fifo } from './fifo.js';

/** Someone the courier calls at: each call hands over at most one message. */
export interface Door {
  deliver(): void;
}

/**
 * Deliveries of one turn of the event loop. Small enough that timers and sockets get their turn
 * in a cycle that never ends, large enough that the turn itself costs little.
 */
const DELIVERIES_PER_TURN = 64;

/**
 * Delivers by macro-task, in the order it was called. Synchronous delivery would overflow the stack
 * in a cycle of agents, and delivery by micro-task would starve every timer.
 */
export class Courier {
  readonly #calls = new Fifo<Door>();
  #walking = false;

  /** Asks for one delivery at a door, in a later turn. */
  call(door: Door): void {
    this.#calls.push(door);
    this.#walk();
  }

  #walk(): void {
    if (this.#walking) return;
    this.#walking = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    try {
      for (let n = 0; n < DELIVERIES_PER_TURN; n++) {
        const door = this.#calls.shift();
        if (door === undefined) break;
        door.deliver();
      }
    } finally {
      // Whatever an error listener throws, those who wait must still be served.
      this.#walking = false;
      if (this.#calls.length > 0) this.#walk();
    }
  };
}
