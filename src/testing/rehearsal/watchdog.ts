import type { AgentId } from '../../core/index.js';
import { afterSeconds } from '../../swarm/index.js';
import type { StruckPerformer } from './struck-performer.js';

/**
 * Gives agents up that compute while nothing else happens any more, by the clock on the wall: in
 * logical time nobody is ever late.
 */
export class Watchdog {
  /** Whom it gave up. */
  readonly hung: AgentId[] = [];
  readonly #patienceSeconds: number;
  readonly #watched = new Map<AgentId, StruckPerformer>();
  #steps = -1;
  #callOff = (): void => {};

  constructor(patienceSeconds: number) {
    this.#patienceSeconds = patienceSeconds;
  }

  /** Watches over an agent, too. */
  watch(agent: AgentId, performer: StruckPerformer): StruckPerformer {
    this.#watched.set(agent, performer);
    return performer;
  }

  /** Looks again whenever its patience has passed, until it is called off. */
  begin(): void {
    this.#callOff = afterSeconds(this.#patienceSeconds, () => {
      this.#look();
      this.begin();
    });
  }

  end(): void {
    this.#callOff();
  }

  #look(): void {
    const steps = [...this.#watched.values()].reduce((sum, { steps: own }) => sum + own, 0);
    const stands = steps === this.#steps;
    this.#steps = steps;
    const hung = [...this.#watched].filter(([, performer]) => performer.isBusy);
    if (!stands || hung.length === 0) return;
    for (const [agent, performer] of hung) {
      this.hung.push(agent);
      performer.giveUp();
    }
  }
}
