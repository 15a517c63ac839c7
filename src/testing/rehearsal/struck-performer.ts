import type { AgentId, Ports } from '../../core/index.js';
import {
  type Death,
  type Job,
  type Outcome,
  type Performer,
  PerformerDied,
} from '../../swarm/index.js';
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

const NOTHING: Outcome = { said: [], computeSeconds: 0 };

/** Plays an agent, notes what it hears, and is struck now and then. */
export class StruckPerformer implements Performer {
  readonly #parts: StruckParts;
  readonly #listeners: ((death: Death) => void)[] = [];
  /** Steps it was asked for. */
  steps = 0;
  #endStep: ((outcome: Outcome) => void) | undefined;
  #isGivenUp = false;

  constructor(parts: StruckParts) {
    this.#parts = parts;
    parts.plays.onDeath((death) => this.#tell(death));
  }

  get pid(): number | undefined {
    return this.#parts.plays.pid;
  }

  /** Whether it has a step in hand. */
  get isBusy(): boolean {
    return this.#endStep !== undefined;
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

  onDeath(listener: (death: Death) => void): void {
    this.#listeners.push(listener);
  }

  async receive(job: Job): Promise<Outcome> {
    const { agent, sampleRate, mishaps, ledger } = this.#parts;
    const seconds = job.now / sampleRate;
    this.steps++;
    if (mishaps.strikes('kill', agent, seconds)) throw this.#died('killed, as was asked for');
    const outcome = mishaps.strikes('throw', agent, seconds)
      ? Promise.reject(new Error('it throws, as was asked for'))
      : this.#patiently(job);
    await outcome.catch((error: unknown) => {
      if (error instanceof PerformerDied) throw error;
    });
    if (job.arrival !== undefined) ledger.heard(agent, job.arrival, seconds);
    return this.#spoilt(await outcome, seconds);
  }

  /** Ends a step that does not end by itself; from now on the agent hears and says nothing. */
  giveUp(): void {
    this.#isGivenUp = true;
    this.#endStep?.(NOTHING);
  }

  #patiently(job: Job): Promise<Outcome> {
    if (this.#isGivenUp) return Promise.resolve(NOTHING);
    return new Promise<Outcome>((resolve, reject) => {
      this.#endStep = resolve;
      this.#parts.plays.receive(job).then(resolve, reject);
    }).finally(() => {
      this.#endStep = undefined;
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
    const death: Death = { how: 'died', says };
    this.#tell(death);
    return new PerformerDied(death);
  }

  #tell(death: Death): void {
    for (const listener of this.#listeners) listener(death);
  }
}
