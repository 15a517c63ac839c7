import type { RunPlace } from '../folder/run-place.js';
import { Aside, type TrackAccount } from './aside.js';
import { LocalFiles } from './local-files.js';
import type { Tracker, TrackRecord } from './tracker.js';

/** How long the end of a training waits for trackers that still send. */
const PATIENCE_MS = 15_000;

/** All who keep account of one training: the local files, which must not fail, and those aside. */
export class Tracking {
  readonly #files: LocalFiles;
  readonly #asides: readonly Aside[];
  #closing: Promise<readonly TrackAccount[]> | undefined;

  /** `warn` hears the first fault of every tracker but the files. */
  constructor(place: RunPlace, trackers: readonly Tracker[], warn: (fault: string) => void) {
    this.#files = new LocalFiles(place);
    this.#asides = trackers.map((tracker) => new Aside(tracker, warn));
  }

  /** Tells everybody; waits for the files alone, and rejects when they cannot be written. */
  async track(record: TrackRecord): Promise<void> {
    for (const aside of this.#asides) aside.track(record);
    await this.#files.track(record);
  }

  /** Lets every tracker finish, within limits; the accounts of those aside. */
  close(): Promise<readonly TrackAccount[]> {
    const limit = AbortSignal.timeout(PATIENCE_MS);
    this.#closing ??= Promise.all(this.#asides.map((aside) => aside.close(limit)));
    return this.#closing;
  }
}
