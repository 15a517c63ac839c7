import type { TelemetryRecord } from '../../telemetry/index.js';

/** How much may wait for one watcher. */
export interface QueueBounds {
  readonly records: number;
  readonly bytes: number;
}

interface Waiting<T> {
  readonly place: number;
  readonly item: T;
  readonly bytes: number;
}

const BOUNDS: QueueBounds = { records: 512, bytes: 2 * 1024 * 1024 };
/** Scene, state, life and end, and one of every alert and answer: more than any swarm has. */
const STANDING_MAX = 4096;

/**
 * What waits for one watcher, as lines or in any other form. Of what supersedes itself (scene,
 * state, life, an alert) only the newest waits, at the place of the first; of all else the oldest
 * gives way when records or bytes are too many, and is counted.
 */
export class WatcherQueue<T> {
  readonly #bounds: QueueBounds;
  readonly #standing = new Map<string, Waiting<T>>();
  readonly #passing = new Map<number, Waiting<T>>();
  #bytes = 0;
  #places = 0;
  #missed = 0;

  constructor(bounds: QueueBounds = BOUNDS) {
    this.#bounds = bounds;
  }

  /** How many records wait, and their bytes: those that pass, and those that stand. */
  get size(): { readonly passing: number; readonly standing: number; readonly bytes: number } {
    const standing = [...this.#standing.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      passing: this.#passing.size,
      standing: this.#standing.size,
      bytes: this.#bytes + standing,
    };
  }

  /** Lets a record wait, in the form in which it will be taken. */
  offer(record: TelemetryRecord, item: T, bytes: number): void {
    const key = keyOf(record);
    const place = this.#places++;
    if (key === undefined) this.#pass({ place, item, bytes });
    else this.#stand(key, { place, item, bytes });
  }

  /** Takes what waits longest, in order, until `bytesMax` is reached; empty when nothing waits. */
  take(bytesMax: number): readonly T[] {
    const taken: T[] = [];
    let bytes = 0;
    while (bytes < bytesMax) {
      const next = this.#first();
      if (next === undefined) break;
      taken.push(next.item);
      bytes += next.bytes;
    }
    return taken;
  }

  /** How many records gave way since this was last asked. */
  takeMissed(): number {
    const missed = this.#missed;
    this.#missed = 0;
    return missed;
  }

  #stand(key: string, waiting: Waiting<T>): void {
    const before = this.#standing.get(key);
    if (before === undefined && this.#standing.size >= STANDING_MAX) this.#missed++;
    else this.#standing.set(key, { ...waiting, place: before?.place ?? waiting.place });
  }

  #pass(waiting: Waiting<T>): void {
    this.#passing.set(waiting.place, waiting);
    this.#bytes += waiting.bytes;
    for (const [place, { bytes }] of this.#passing) {
      if (this.#passing.size <= this.#bounds.records && this.#bytes <= this.#bounds.bytes) return;
      this.#passing.delete(place);
      this.#bytes -= bytes;
      this.#missed++;
    }
  }

  #first(): Waiting<T> | undefined {
    const [standing] = this.#standing;
    const [passing] = this.#passing.values();
    if (standing !== undefined && standing[1].place < (passing?.place ?? this.#places)) {
      this.#standing.delete(standing[0]);
      return standing[1];
    }
    if (passing === undefined) return undefined;
    this.#passing.delete(passing.place);
    this.#bytes -= passing.bytes;
    return passing;
  }
}

/** Under which name a record supersedes the one before; undefined for what was said once. */
function keyOf(record: TelemetryRecord): string | undefined {
  if (record.type === 'alert') return `alert ${record.id}`;
  if (record.type === 'answer') return `answer ${record.request}`;
  const stands = ['scene', 'state', 'life', 'ended'].includes(record.type);
  return stands ? record.type : undefined;
}
