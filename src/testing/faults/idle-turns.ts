interface Waiting {
  readonly due: number;
  readonly act: () => void;
}

/**
 * Counts turns of the event loop in which nothing moves, as long as somebody waits for one: a time
 * without a clock, so that patience costs no seconds and depends on no machine.
 */
export class IdleTurns {
  readonly #isIdle: () => boolean;
  readonly #waiting = new Set<Waiting>();
  #now = 0;
  #turning = false;

  constructor(isIdle: () => boolean) {
    this.#isIdle = isIdle;
  }

  get now(): number {
    return this.#now;
  }

  /** Calls back at a turn; returns what calls it off. */
  at(due: number, act: () => void): () => void {
    const waiting = { due, act };
    this.#waiting.add(waiting);
    this.#turn();
    return () => void this.#waiting.delete(waiting);
  }

  /** Resolves a turn of the event loop later, idle or not. */
  next(): Promise<void> {
    return new Promise((resolve) => void setImmediate(resolve));
  }

  /** Forgets everybody who waits. */
  stop(): void {
    this.#waiting.clear();
  }

  #turn(): void {
    if (this.#turning || this.#waiting.size === 0) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      try {
        if (this.#isIdle()) this.#pass();
      } finally {
        // Whatever someone throws, the others must still be called.
        this.#turn();
      }
    });
  }

  #pass(): void {
    this.#now++;
    const due = [...this.#waiting].filter((one) => one.due <= this.#now);
    for (const one of due.sort((a, b) => a.due - b.due)) {
      // Someone called back earlier in this turn may have called this one off.
      if (this.#waiting.delete(one)) one.act();
    }
  }
}
