import { peakDb } from '../../audio/index.js';
import type { AgentId, Audio, Envelope } from '../../core/index.js';

/** The loudest sample each agent has said since the last look, in dB below full scale. */
export class Peaks {
  #peaks = new Map<AgentId, number>();

  /** Measures an envelope that carries sound, and passes over the others. */
  hear({ carries, signal, source }: Envelope): void {
    if (carries !== 'audio') return;
    const peak = peakDb(signal as Audio);
    const before = this.#peaks.get(source.agent) ?? Number.NEGATIVE_INFINITY;
    if (peak > before) this.#peaks.set(source.agent, peak);
  }

  /** What has been heard since the last call. */
  take(): Readonly<Record<AgentId, number>> {
    const taken = Object.fromEntries(this.#peaks);
    this.#peaks = new Map();
    return taken;
  }
}
