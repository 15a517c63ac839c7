/** How a search for the direction tries: two outputs in turn, each for so long. */
export interface Searching {
  readonly eachSeconds: number;
  /** A difference under this share of what was asked for is not yet believed. */
  readonly notable: number;
}

/** What a search knows so far: when the present trial began, and what the earlier ones gave. */
export interface Search {
  readonly begunSeconds: number;
  readonly found: readonly number[];
}

/** 1: the measure rises with the output; −1: it falls. */
export type Direction = 1 | -1;

const LOW = 0.25;
const HIGH = 0.75;
/** Low, high and low again, so that a trend of its own is not taken for an effect. */
const TRIALS_MIN = 3;
const TRIALS_MAX = 9;

/** The output the present trial asks for, from 0 to 1. */
export function triedOutput({ found }: Search): number {
  return found.length % 2 === 0 ? LOW : HIGH;
}

/**
 * One look at a measure during a search. A trial ends when its time is over and something was
 * measured; what all high ones gave less what all low ones gave is the effect.
 */
export function searched(
  search: Search,
  value: number | undefined,
  nowSeconds: number,
  { eachSeconds, notable, span }: Searching & { readonly span: number },
): { readonly search: Search; readonly direction?: Direction } {
  const due = nowSeconds - search.begunSeconds >= eachSeconds;
  if (!due || value === undefined) return { search };
  const found = [...search.found, value];
  const next = { begunSeconds: nowSeconds, found };
  if (found.length < TRIALS_MIN || found.length % 2 === 0) return { search: next };
  const effect = (meanOf(found, 1) - meanOf(found, 0)) / span;
  if (Math.abs(effect) < notable && found.length < TRIALS_MAX) return { search: next };
  return { search: next, direction: effect < 0 ? -1 : 1 };
}

function meanOf(found: readonly number[], parity: number): number {
  const these = found.filter((_, i) => i % 2 === parity);
  return these.reduce((sum, value) => sum + value, 0) / these.length;
}
