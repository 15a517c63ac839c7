import type { AgentId } from '../../core/index.js';
import {
  type ComparedSound,
  type Finding,
  Ringing,
  Sameness,
  type SpectralPeak,
  howlOf,
  stuckOf,
} from '../../telemetry/index.js';

/** Watches, agent by agent, whether what sounds is stuck or howls. */
export class SoundWatch {
  readonly #same = new Map<AgentId, Sameness>();
  readonly #ringing = new Map<AgentId, Ringing>();

  /** Takes in what sounded of an agent, and how often it had been round. */
  add(agent: AgentId, lap: number, sound: ComparedSound, peak: SpectralPeak): void {
    const same = this.#same.get(agent) ?? new Sameness();
    const ringing = this.#ringing.get(agent) ?? new Ringing();
    this.#same.set(agent, same);
    this.#ringing.set(agent, ringing);
    same.add(sound);
    ringing.add(lap, peak);
  }

  /** What the rule for STUCK finds. */
  stuck(): readonly Finding[] {
    return stuckOf(this.#same);
  }

  /** What the rule for HOWL finds. */
  howls(nowSeconds: number): readonly Finding[] {
    return howlOf(this.#ringing, nowSeconds);
  }
}
