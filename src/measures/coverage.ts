/** How much of a stock of units was used, and how evenly. */
export interface Coverage {
  /** Unlike units that were matched. */
  readonly matched: number;
  /** Matches in all. */
  readonly matches: number;
  /** Matched over known, 0 to 1; undefined where it is not known how many there are. */
  readonly share: number | undefined;
  /** Shannon entropy of the histogram of matches in bits; 0 for none. */
  readonly entropyBits: number;
  /** 2 to the entropy: as many units, all used alike, would be as varied (Hill 1973, order 1). */
  readonly effectiveUnits: number;
}

/**
 * The coverage of a stock by matches: `units` names the unit of every match, repeats included;
 * `known` is how many units there were to choose from.
 */
export function coverageOf(units: Iterable<string>, known?: number): Coverage {
  const counts = new Map<string, number>();
  let matches = 0;
  for (const unit of units) {
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
    matches++;
  }
  const entropyBits = entropyOf([...counts.values()]);
  return {
    matched: counts.size,
    matches,
    share: known === undefined || known === 0 ? undefined : Math.min(1, counts.size / known),
    entropyBits,
    effectiveUnits: matches === 0 ? 0 : 2 ** entropyBits,
  };
}

/** Shannon entropy of a histogram in bits, −Σ p·log₂ p (Shannon 1948); 0 for an empty one. */
export function entropyOf(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let bits = 0;
  for (const count of counts) {
    if (count > 0) bits -= (count / total) * Math.log2(count / total);
  }
  return bits;
}
