import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { State } from '../../telemetry/index.js';
import { stopwatch } from '../clock.js';
import { rounded } from './level.js';

/** How often the event loop is asked how late it is. */
const RESOLUTION_MS = 20;

/** Watches this process. */
export class EngineWatch {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #cpu = process.cpuUsage();
  #seconds = stopwatch();

  constructor() {
    this.#delay.enable();
  }

  /** Watches no more. */
  stop(): void {
    this.#delay.disable();
  }

  /** What it was like since the last call. */
  state(journalEntries: number): State['engine'] {
    const { user, system } = process.cpuUsage(this.#cpu);
    const seconds = Math.max(1e-3, this.#seconds());
    const lateMs = this.#delay.percentile(99) / 1e6 - RESOLUTION_MS;
    this.#cpu = process.cpuUsage();
    this.#seconds = stopwatch();
    this.#delay.reset();
    return {
      loopDelayP99Ms: rounded(Math.max(0, lateMs)),
      rssBytes: process.memoryUsage.rss(),
      cpu: rounded((user + system) / 1e6 / seconds),
      journalEntries,
    };
  }
}
