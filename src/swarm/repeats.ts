import type { Envelope } from '../core/index.js';

/** Envelopes remembered for each port of agents that play elsewhere. */
const REMEMBERED_MAX = 1024;

/** Remembers what was heard of others lately, so that a bus that says it twice is heard once. */
export class Repeats {
  readonly #heard = new Map<string, Set<string>>();

  /** Whether this very envelope was heard before; from now on it was. */
  isRepeat({ id, time }: Envelope, port: string): boolean {
    const heard = this.#heard.get(port) ?? new Set();
    this.#heard.set(port, heard);
    // An agent that was started anew elsewhere counts from 1 again, but not at the same time.
    const mark = `${id}@${time}`;
    if (heard.has(mark)) return true;
    heard.add(mark);
    if (heard.size > REMEMBERED_MAX) heard.delete(heard.values().next().value as string);
    return false;
  }
}
