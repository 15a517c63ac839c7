import type { Samples } from '../core/index.js';
import { type AgentHappening, earlier } from './happening.js';

/** What lies before one agent, earliest first: a binary heap. */
export class Agenda {
  readonly #heap: AgentHappening[] = [];

  /** The time of the earliest happening, or Infinity. */
  get nextTime(): Samples {
    this.#forgetGivenUp();
    return this.#heap[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  get size(): number {
    return this.#heap.length;
  }

  /** Enters a happening. */
  add(happening: AgentHappening): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(happening);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!earlier(happening, heap[parent] as AgentHappening)) break;
      heap[at] = heap[parent] as AgentHappening;
      at = parent;
    }
    heap[at] = happening;
  }

  /** Takes out everything of the earliest instant, in order. */
  takeInstant(): AgentHappening[] {
    const time = this.nextTime;
    const instant: AgentHappening[] = [];
    while (this.nextTime === time && this.#heap.length > 0) {
      instant.push(this.#takeFirst());
    }
    return instant;
  }

  /** What has not happened, in no order. */
  rest(): readonly AgentHappening[] {
    return this.#heap;
  }

  #forgetGivenUp(): void {
    for (let first = this.#heap[0]; first?.type === 'delivery' && first.givenUp; ) {
      this.#takeFirst();
      first = this.#heap[0];
    }
  }

  #takeFirst(): AgentHappening {
    const first = this.#heap[0] as AgentHappening;
    const last = this.#heap.pop() as AgentHappening;
    if (this.#heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(happening: AgentHappening): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && earlier(right, heap[child] as AgentHappening)) child++;
      if (!earlier(heap[child] as AgentHappening, happening)) break;
      heap[at] = heap[child] as AgentHappening;
      at = child;
    }
    heap[at] = happening;
  }
}
