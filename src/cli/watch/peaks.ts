import { peakDb } from '../../audio/index.js';
import type { AgentId, Audio, Envelope } from '../../core/index.js';

const FALL_DB = 3;
const SILENCE_DB = -60;

/**
 * How loud each agent is, in dB below full scale: up at once, down by 3 dB a look, like a meter.
 */
export class Peaks {
  readonly #peaks = new Map<AgentId, number>();

  /** Measures an envelope that carries sound, and passes over the others. */
  hear({ carries, signal, source }: Envelope): void {
    if (carries !== 'audio') return;
    const peak = peakDb(signal as Audio);
    const before = this.#peaks.get(source.agent) ?? Number.NEGATIVE_INFINITY;
    if (peak > before) this.#peaks.set(source.agent, peak);
  }

  /** Where the meters stand; each falls a little with every call. */
  look(): Readonly<Record<AgentId, number>> {
    const seen = Object.fromEntries(this.#peaks);
    for (const [agent, peak] of this.#peaks) {
      if (peak - FALL_DB < SILENCE_DB) this.#peaks.delete(agent);
      else this.#peaks.set(agent, peak - FALL_DB);
    }
    return seen;
  }
}
