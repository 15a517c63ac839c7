import type { Ancestor, Descriptors } from '../../core/index.js';

/** Frames in one flat array, [rows, columns]. */
export interface Frames {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** One message of a history. */
export interface HeardFrames {
  readonly from: Ancestor;
  readonly frames: Frames;
}

/** What was heard lately: whole frames from many messages, no more than its brim. */
export class History {
  readonly #rowsMax: number;
  #heard: readonly HeardFrames[] = [];

  constructor(rowsMax: number) {
    this.#rowsMax = rowsMax;
  }

  /**
   * Adds frames and forgets the oldest; a frame with a value that is no number is left out. Returns
   * how many were.
   */
  hear({ id, lap }: Ancestor, descriptors: Descriptors): number {
    const frames = lastRows(finiteRows(descriptors), this.#rowsMax);
    this.#heard = [...this.#heard, { from: { id, lap }, frames }];
    let rows = this.#heard.reduce((sum, { frames }) => sum + frames.rows, 0);
    while (rows - this.#heard[0]!.frames.rows >= this.#rowsMax) {
      rows -= this.#heard[0]!.frames.rows;
      this.#heard = this.#heard.slice(1);
    }
    return descriptors.rows - finiteRows(descriptors).rows;
  }

  /** What it holds, the oldest first; plain data. */
  get heard(): readonly HeardFrames[] {
    return this.#heard;
  }

  /** Goes on where another history of as many rows was. */
  recall(heard: readonly HeardFrames[]): void {
    this.#heard = heard;
  }

  /** All frames in the order of hearing. */
  frames(columns: number): Frames {
    const rows = this.#heard.reduce((sum, { frames }) => sum + frames.rows, 0);
    const data = new Float32Array(rows * columns);
    let at = 0;
    for (const { frames } of this.#heard) {
      data.set(frames.data, at);
      at += frames.data.length;
    }
    return { rows, columns, data };
  }

  /** The latest messages that gave frames, the last first. */
  sources(count: number): readonly Ancestor[] {
    const giving = this.#heard.filter(({ frames }) => frames.rows > 0);
    return giving
      .slice(-count)
      .reverse()
      .map(({ from }) => from);
  }
}

function finiteRows({ rows, columns, data }: Frames): Frames {
  return keptRows({ rows, columns, data }, (row) =>
    data.subarray(row * columns, (row + 1) * columns).every(Number.isFinite),
  );
}

/** The rows that pass a test. */
export function keptRows({ rows, columns, data }: Frames, keep: (row: number) => boolean): Frames {
  const kept = Array.from({ length: rows }, (_, row) => row).filter(keep);
  const out = new Float32Array(kept.length * columns);
  for (const [to, from] of kept.entries()) {
    out.set(data.subarray(from * columns, (from + 1) * columns), to * columns);
  }
  return { rows: kept.length, columns, data: out };
}

/** The last rows, all when there are fewer. */
export function lastRows({ rows, columns, data }: Frames, count: number): Frames {
  const kept = Math.min(rows, count);
  return { rows: kept, columns, data: data.slice((rows - kept) * columns) };
}
