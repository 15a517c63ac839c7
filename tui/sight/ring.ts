const CHUNK = 64;

/**
 * The latest values of a stream, the oldest first, as a value of its own: adding makes a new ring
 * and leaves the old one as it was, yet copies nothing but the list of chunks now and then.
 */
export interface Ring<T> {
  readonly capacity: number;
  /** Chunks may be shared with later rings, which only ever write behind `used`. */
  readonly chunks: readonly (readonly T[])[];
  /** How many values of the last chunk are this ring's. */
  readonly used: number;
}

/** A ring without values that keeps at least so many of the latest; at most 64 more. */
export function emptyRing<T>(capacity: number): Ring<T> {
  return { capacity, chunks: [], used: CHUNK };
}

/** The ring with one more value. */
export function withValue<T>(ring: Ring<T>, value: T): Ring<T> {
  const { capacity, chunks, used } = ring;
  if (used === CHUNK) {
    const kept = Math.ceil(capacity / CHUNK);
    return { capacity, chunks: [...chunks.slice(-kept), [value]], used: 1 };
  }
  const last = chunks.at(-1) as T[];
  if (last.length === used) {
    last.push(value);
    return { capacity, chunks, used: used + 1 };
  }
  // Another ring has gone on from here: this one goes its own way.
  const own = [...last.slice(0, used), value];
  return { capacity, chunks: [...chunks.slice(0, -1), own], used: used + 1 };
}

/** The values, the oldest first; at most `count` of the latest. */
export function valuesOf<T>(ring: Ring<T>, count: number = ring.capacity): readonly T[] {
  const needed = Math.ceil(count / CHUNK) + 1;
  const chunks = ring.chunks.slice(-needed);
  const values = chunks.flatMap((chunk, i) =>
    i === chunks.length - 1 ? chunk.slice(0, ring.used) : chunk,
  );
  return values.slice(-Math.min(count, ring.capacity));
}

/** How many values a ring holds. */
export function countOf<T>({ capacity, chunks, used }: Ring<T>): number {
  return chunks.length === 0 ? 0 : Math.min(capacity, (chunks.length - 1) * CHUNK + used);
}

/** The latest value, if there is any. */
export function latestOf<T>(ring: Ring<T>): T | undefined {
  return ring.chunks.at(-1)?.[ring.used - 1];
}

/** The latest value a test holds for, if any. */
export function findLatest<T>(ring: Ring<T>, test: (value: T) => boolean): T | undefined {
  for (let at = ring.chunks.length - 1; at >= 0; at--) {
    const chunk = ring.chunks[at] as readonly T[];
    const end = at === ring.chunks.length - 1 ? ring.used : chunk.length;
    for (let i = end - 1; i >= 0; i--) if (test(chunk[i] as T)) return chunk[i];
  }
  return undefined;
}
