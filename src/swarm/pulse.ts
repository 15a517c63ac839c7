import type { Samples } from '../core/index.js';
import type { Cast } from './cast.js';
import type { Chronicle } from './chronicle.js';
import { stopwatch } from './clock.js';
import { progressTeller } from './progress.js';
import type { SwarmEvent } from './swarm-event.js';
import type { Observer } from './telemetry/observer.js';

/** What has been journaled is on disk within a second, whatever happens to the engine then. */
const FLUSH_SECONDS = 1;

/** What follows every round of happenings. */
export interface PulseParts {
  readonly cast: Cast;
  readonly chronicle: Chronicle;
  readonly observer: Observer | undefined;
  readonly sampleRate: number;
  readonly endTime: Samples | undefined;
  readonly notify: (event: SwarmEvent) => void;
}

/** After every round: journals what is past, tells watchers, and knows how far the run has come. */
export class Pulse {
  readonly #parts: PulseParts;
  readonly #tell: (time: Samples, lag: Samples, lapsMax: number) => void;
  #sinceFlush = stopwatch();
  /** Everything before it has happened; −1 before the first round. */
  horizon: Samples;
  lagMax: Samples = 0;
  /** The same as of the last round, Infinity where nothing at all is to come. */
  ahead: Samples;

  constructor(parts: PulseParts, began: Samples) {
    const { cast, sampleRate, endTime, notify } = parts;
    this.#parts = parts;
    this.#tell = progressTeller(cast, sampleRate, endTime, notify);
    this.horizon = began - 1;
    this.ahead = this.horizon;
  }

  /** One round is over; nothing before `horizon` is still to come. */
  beat(horizon: Samples, lag: Samples, lapsMax: number): void {
    const { chronicle, observer } = this.#parts;
    chronicle.writeUntil(horizon);
    if (this.#sinceFlush() > FLUSH_SECONDS) {
      chronicle.flush();
      this.#sinceFlush = stopwatch();
    }
    this.ahead = horizon;
    if (Number.isFinite(horizon)) this.horizon = horizon;
    this.lagMax = Math.max(this.lagMax, lag);
    this.#tell(this.horizon, lag, lapsMax);
    observer?.round(lag);
  }
}
