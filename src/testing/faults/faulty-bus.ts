import {
  type Bus,
  type BusCounts,
  type BusMessage,
  type BusStatus,
  type Patience,
  type Subject,
  type SubjectPattern,
  type SubscribeOptions,
  type Subscription,
} from '../../bus/index.js';
import { type BusFaults, DELAY_TURNS_MAX } from './fate.js';
import { FaultyEar } from './faulty-ear.js';
import { IdleTurns } from './idle-turns.js';

/** What a faulty bus has done so far, in messages over all subscriptions. */
export interface FaultCounts {
  readonly dropped: number;
  readonly duplicated: number;
  readonly delayed: number;
  readonly reordered: number;
}

/** A bus that does harm by a seed. */
export interface FaultyBus extends Bus {
  /** What it has done so far. */
  faults(): FaultCounts;
  /** Cuts the line: it says `disconnected`, and what is said until `mend` is lost. */
  cut(): void;
  /** Mends the line: it says `reconnected`. */
  mend(): void;
}

/**
 * Wraps a bus so that messages are dropped, doubled, late or overtaken, by a seed alone: the fate
 * of a message is drawn from its subject without the run, its sequence and who hears it. Losses
 * are counted as gaps of the subscription.
 */
export function faultyBus(bus: Bus, faults: BusFaults): FaultyBus {
  return new Faulty(bus, faults);
}

class Faulty implements FaultyBus {
  readonly kind: Bus['kind'];
  readonly patience?: Patience;
  readonly #bus: Bus;
  readonly #faults: BusFaults;
  readonly #ears: FaultyEar[] = [];
  readonly #turns: IdleTurns;
  readonly #listeners = new Set<(status: BusStatus) => void>();
  readonly #forgetStatus: () => void;
  #isCut = false;
  #reconnects = 0;

  constructor(bus: Bus, faults: BusFaults) {
    this.kind = bus.kind;
    this.#bus = bus;
    this.#faults = faults;
    this.#turns = new IdleTurns(() => this.#ears.every((ear) => ear.isIdle));
    this.#forgetStatus = bus.onStatus((status) => this.#tell(status));
    const { delayTurnsMax = DELAY_TURNS_MAX, patienceTurns = 2 * delayTurnsMax + 1 } = faults;
    // Over a network the engine's own patience, in seconds, is the right one.
    if (bus.kind === 'embedded') {
      this.patience = (giveUp) => this.#turns.at(this.#turns.now + patienceTurns, giveUp);
    }
  }

  publish(subject: Subject, body: unknown): void {
    this.#bus.publish(subject, body);
  }

  subscribe(
    pattern: SubjectPattern,
    options: SubscribeOptions,
    hear: (message: BusMessage) => void,
  ): Subscription {
    const ordinal = this.#ears.filter((ear) => ear.pattern === pattern).length;
    const ear = new FaultyEar({ pattern, ordinal, faults: this.#faults, turns: this.#turns, hear });
    ear.isCut = this.#isCut;
    const inner = this.#bus.subscribe(pattern, options, (message) => ear.take(message));
    this.#ears.push(ear.on(inner));
    return ear;
  }

  onStatus(listener: (status: BusStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  counts(): BusCounts {
    const { published, reconnects, gaps } = this.#bus.counts();
    const { dropped } = this.faults();
    return { published, reconnects: reconnects + this.#reconnects, gaps: gaps + dropped };
  }

  faults(): FaultCounts {
    const counts = { dropped: 0, duplicated: 0, delayed: 0, reordered: 0 };
    for (const { did } of this.#ears) {
      for (const fault of FAULTS) counts[fault] += did[fault];
    }
    return counts;
  }

  cut(): void {
    if (this.#isCut) return;
    this.#setCut(true);
    this.#tell({ state: 'disconnected', says: 'the line was cut' });
  }

  mend(): void {
    if (!this.#isCut) return;
    this.#setCut(false);
    this.#reconnects++;
    this.#tell({ state: 'reconnected', says: 'the line was mended' });
  }

  async drain(): Promise<void> {
    await this.#bus.drain();
    while (this.#ears.some((ear) => ear.isHoldingBack)) await this.#turns.next();
    await this.close();
  }

  async close(): Promise<void> {
    this.#turns.stop();
    await this.#bus.close();
    this.#forgetStatus();
  }

  #setCut(isCut: boolean): void {
    this.#isCut = isCut;
    for (const ear of this.#ears) ear.isCut = isCut;
  }

  #tell(status: BusStatus): void {
    for (const listener of this.#listeners) listener(status);
  }
}

const FAULTS = ['dropped', 'duplicated', 'delayed', 'reordered'] as const;
