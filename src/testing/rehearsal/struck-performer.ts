import type { AgentId, Ports } from '../../core/index.js';
import { type Job, type Outcome, type Performer, PerformerDied } from '../../swarm/index.js';
import { poisoned } from '../faults/poison.js';
import type { Ledger } from './ledger.js';
import type { Mishaps } from './mishap.js';

/** What stands between the engine and a stand-in. */
export interface StruckParts {
  readonly agent: AgentId;
  readonly plays: Performer;
  readonly outputs: Ports;
  readonly sampleRate: number;
  readonly mishaps: Mishaps;
  readonly ledger: Ledger;
}

/** How late a slow step speaks. */
const SLOW_SECONDS = 5;

/** Plays an agent, notes what it hears, and is struck now and then. */
export class StruckPerformer implements Performer {
  readonly #parts: StruckParts;
  readonly #listeners: ((says: string) => void)[] = [];
  /** Steps it was asked for. */
  steps = 0;
  #giveUp: ((error: Error) => void) | undefined;

  constructor(parts: StruckParts) {
    this.#parts = parts;
    parts.plays.onDeath((says) => this.#tell(says));
  }

  get pid(): number | undefined {
    return this.#parts.plays.pid;
  }

  /** Whether it has a step in hand. */
  get isBusy(): boolean {
    return this.#giveUp !== undefined;
  }

  start(entrance?: Parameters<Performer['start']>[0]): Promise<void> {
    return this.#parts.plays.start(entrance);
  }

  save(): ReturnType<Performer['save']> {
    return this.#parts.plays.save();
  }

  stop(now: number): Promise<void> {
    return this.#parts.plays.stop(now);
  }

  onDeath(listener: (says: string) => void): void {
    this.#listeners.push(listener);
  }

  async receive(job: Job): Promise<Outcome> {
    const { agent, plays, sampleRate, mishaps, ledger } = this.#parts;
    const seconds = job.now / sampleRate;
    this.steps++;
    if (mishaps.strikes('kill', agent, seconds)) throw this.#died('killed, as was asked for');
    const outcome = mishaps.strikes('throw', agent, seconds)
      ? Promise.reject(new Error('it throws, as was asked for'))
      : this.#patiently(plays.receive(job));
    await outcome.catch((error: unknown) => {
      if (error instanceof PerformerDied) throw error;
    });
    if (job.arrival !== undefined) ledger.heard(agent, job.arrival, seconds);
    return this.#spoilt(await outcome, seconds);
  }

  /** Ends a step that does not end by itself, as a watchdog would; the agent is started anew. */
  giveUp(): void {
    this.#giveUp?.(this.#died('it does not answer'));
  }

  #patiently(step: Promise<Outcome>): Promise<Outcome> {
    return new Promise<Outcome>((resolve, reject) => {
      this.#giveUp = reject;
      step.then(resolve, reject);
    }).finally(() => {
      this.#giveUp = undefined;
    });
  }

  #spoilt(outcome: Outcome, seconds: number): Outcome {
    const { agent, outputs, sampleRate, mishaps } = this.#parts;
    const [first, ...rest] = outcome.said;
    if (first === undefined) return outcome;
    if (mishaps.strikes('nan', agent, seconds)) {
      const carries = outputs[first.port]?.carries ?? 'control';
      const signal = poisoned(carries, first.signal);
      return { ...outcome, said: [{ ...first, signal }, ...rest] };
    }
    if (!mishaps.strikes('slow', agent, seconds)) return outcome;
    const late = Math.round(SLOW_SECONDS * sampleRate);
    return { ...outcome, said: outcome.said.map((one) => ({ ...one, after: one.after + late })) };
  }

  #died(says: string): PerformerDied {
    this.#tell(says);
    return new PerformerDied(says);
  }

  #tell(says: string): void {
    for (const listener of this.#listeners) listener(says);
  }
}
