import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What the process held when so many messages had been said, after a full collection. */
export interface MemorySample {
  readonly messages: number;
  /** Of JavaScript and of buffers. */
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** What a rehearsal's memory grew by. */
export interface MemoryGrowth {
  readonly samples: number;
  readonly heapBytesPerMessage: number;
  readonly rssBytesPerMessage: number;
  /** The messages between the first and the last sample that counts. */
  readonly messages: number;
}

/** Messages between two looks at first; then ever more, so that there are never more samples. */
const STRIDE = 5000;
const SAMPLES_MAX = 64;

/** Looks at memory from time to time, after collecting garbage, which Node then grants. */
export class MemoryWatch {
  readonly #collect: () => void;
  #samples: MemorySample[] = [];
  #stride = STRIDE;

  constructor() {
    setFlagsFromString('--expose-gc');
    this.#collect = runInNewContext('gc') as () => void;
  }

  get samples(): readonly MemorySample[] {
    return this.#samples;
  }

  /** So many messages have been said. */
  said(messages: number): void {
    if (messages % this.#stride !== 0) return;
    this.#collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    this.#samples.push({ messages, heapBytes: heapUsed + external, rssBytes: rss });
    if (this.#samples.length < SAMPLES_MAX) return;
    this.#stride *= 2;
    this.#samples = this.#samples.filter((one) => one.messages % this.#stride === 0);
  }
}

/**
 * The slope of memory over messages by Theil and Sen: the median of the slopes of all pairs, deaf
 * to outliers. The first quarter is warming up and does not count; 0 for fewer than two samples.
 */
export function growthOf(samples: readonly MemorySample[]): MemoryGrowth {
  const counted = samples.slice(Math.floor(samples.length / 4));
  const slope = (of: (sample: MemorySample) => number): number => {
    const slopes = counted.flatMap((a, i) =>
      counted
        .slice(i + 1)
        .filter((b) => b.messages > a.messages)
        .map((b) => (of(b) - of(a)) / (b.messages - a.messages)),
    );
    return slopes.sort((a, b) => a - b)[slopes.length >> 1] ?? 0;
  };
  return {
    samples: counted.length,
    heapBytesPerMessage: slope(({ heapBytes }) => heapBytes),
    rssBytesPerMessage: slope(({ rssBytes }) => rssBytes),
    messages: (counted.at(-1)?.messages ?? 0) - (counted[0]?.messages ?? 0),
  };
}
