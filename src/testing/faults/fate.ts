import type { BusMessage } from '../../bus/index.js';
import { type Random, seededRandom } from '../../core/index.js';

/** How likely each fault is, from 0 to 1; whatever is absent never happens. */
export interface BusFaults {
  readonly seed: number;
  /** A message never arrives. */
  readonly drop?: number;
  /** A message arrives twice. */
  readonly duplicate?: number;
  /** A message arrives late; those behind it wait, as the contract of the bus wants it. */
  readonly delay?: number;
  /** A message arrives late, and later ones may overtake it: this breaks the contract. */
  readonly reorder?: number;
  /** The longest delay, in idle turns of the event loop; 8 unless given. */
  readonly delayTurnsMax?: number;
  /**
   * Idle turns after which who spoke gives a message up; twice the longest delay unless given. With
   * fewer than that delay some messages turn up after they were given up.
   */
  readonly patienceTurns?: number;
  /** Decides in place of chance. */
  readonly fate?: (message: BusMessage) => Fate;
  /** Only messages of these subjects suffer; all unless given. */
  readonly subjects?: string;
}

/** What the bus does to one message. */
export interface Fate {
  readonly dropped: boolean;
  /** Idle turns that each copy is late by, in order; one copy unless it is duplicated. */
  readonly lateTurns: readonly number[];
  readonly reordered: boolean;
}

/** The longest delay when none is given, in idle turns. */
export const DELAY_TURNS_MAX = 8;

/**
 * The fate of one message, drawn from its own name and number: the same whatever happened before
 * and however quick anybody was.
 */
export function fateOf(faults: BusFaults, ...message: readonly string[]): Fate {
  const random = seededRandom(faults.seed, 'fate', ...message);
  // Every chance is drawn, so that raising one probability leaves the other faults as they were.
  const dropped = happens(random, faults.drop);
  const duplicated = happens(random, faults.duplicate);
  const delayed = happens(random, faults.delay);
  const reordered = happens(random, faults.reorder);
  const turns = (): number => 1 + random.below(faults.delayTurnsMax ?? DELAY_TURNS_MAX);
  const [first, second] = [turns(), turns()];
  const late = delayed || reordered ? first : 0;
  return { dropped, reordered, lateTurns: duplicated ? [late, late + second] : [late] };
}

function happens(random: Random, probability = 0): boolean {
  return random.next() < probability;
}
