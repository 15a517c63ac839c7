import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { State } from '../../telemetry/index.js';
import { stopwatch } from '../clock.js';
import { rounded } from './level.js';

/** How often the event loop is asked how late it is. */
const RESOLUTION_MS = 20;
/** Wall seconds between two questions to the system, which may cost a millisecond each. */
const ASK_SECONDS = 1;

/** Watches this process. */
export class EngineWatch {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #before = process.cpuUsage();
  #seconds = stopwatch();
  #asked = { rssBytes: process.memoryUsage.rss(), cpu: 0 };

  constructor() {
    this.#delay.enable();
  }

  /** Watches no more. */
  stop(): void {
    this.#delay.disable();
  }

  /** What it was like since the last call; memory and computing of the last second. */
  state(journalEntries: number): State['engine'] {
    const lateMs = this.#delay.percentile(99) / 1e6 - RESOLUTION_MS;
    this.#delay.reset();
    if (this.#seconds() >= ASK_SECONDS) this.#ask();
    const loopDelayP99Ms = rounded(Math.max(0, lateMs));
    return { loopDelayP99Ms, ...this.#asked, journalEntries };
  }

  #ask(): void {
    const now = process.cpuUsage();
    const used = now.user - this.#before.user + now.system - this.#before.system;
    const cpu = rounded(used / 1e6 / this.#seconds());
    this.#asked = { rssBytes: process.memoryUsage.rss(), cpu };
    this.#before = now;
    this.#seconds = stopwatch();
  }
}
