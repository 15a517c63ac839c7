import { Latest } from './latest.js';
import { median } from './quantile.js';

/** A turn that is louder than the one before by more than so many dB is rising. */
export const RISING_DB = 0.5;

/** Turns that are remembered. */
const TURNS_REMEMBERED = 8;

/** Mean power under which a sound is silence: −120 dB. */
const POWER_MIN = 1e-12;

/** A sound at the moment it crosses the returning link that closes a loop. */
export interface Crossing {
  /** Mean power after the link's gain; undefined for what has none, such as descriptors. */
  readonly power: number | undefined;
  /** Logical seconds. */
  readonly seconds: number;
  /** How many turns on end have risen up to and with this crossing, in its own line of descent. */
  readonly rising: number;
}

/** One turn: a crossing against the crossing of its latest ancestor. */
export interface Turn extends Crossing {
  readonly lapSeconds: number;
  /** Energy out over energy in; undefined where one of the two is silence or has no power. */
  readonly gainDb: number | undefined;
}

/** The turn that ends with a crossing of the given power. */
export function turnOf(
  before: Crossing,
  now: { readonly power: number | undefined; readonly seconds: number },
): Turn {
  const gainDb = gainOf(before.power, now.power);
  const rising = gainDb !== undefined && gainDb > RISING_DB ? before.rising + 1 : 0;
  return { ...now, rising, gainDb, lapSeconds: now.seconds - before.seconds };
}

function gainOf(before: number | undefined, now: number | undefined): number | undefined {
  if (before === undefined || now === undefined) return undefined;
  if (before < POWER_MIN || now < POWER_MIN) return undefined;
  return 10 * Math.log10(now / before);
}

/** What the turns of one loop amount to. */
export class LoopGain {
  readonly #latest = new Latest<Turn>(TURNS_REMEMBERED);
  turns = 0;

  /** Counts a turn. */
  add(turn: Turn): void {
    this.turns++;
    this.#latest.add(turn);
  }

  /** Logical seconds of the latest turn; undefined before the first. */
  get lapSeconds(): number | undefined {
    return this.#latest.last?.lapSeconds;
  }

  /** Median gain of the latest eight turns in dB; undefined before the first that has one. */
  get gainDb(): number | undefined {
    return median(this.#latest.list().flatMap(({ gainDb }) => gainDb ?? []));
  }

  /**
   * The most turns on end that have been rising, among the sounds of the last lap: several may be
   * on their way round at once. 0 once nothing has come round for two laps.
   */
  risingTurns(nowSeconds: number): number {
    const { last } = this.#latest;
    if (last === undefined || nowSeconds - last.seconds > 2 * last.lapSeconds) return 0;
    // The turn before in the same line of descent is a whole lap old, and does not count again.
    const since = last.seconds - 0.999 * last.lapSeconds;
    const present = this.#latest.list().filter(({ seconds }) => seconds > since);
    return Math.max(0, ...present.map(({ rising }) => rising));
  }
}
