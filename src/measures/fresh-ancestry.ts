/** What a measure of ancestry needs of a thing that was said. */
export interface Descended {
  readonly id: string;
  readonly lap: number;
  /** Ids of the parents with the laps at which they were heard. */
  readonly parents: readonly (readonly [id: string, lap: number])[];
}

/**
 * The fresh ratio of everything said, by id: the share of its ancestry, all parents of one child
 * weighing alike, that reaches a first word (corpus or fresh noise at lap 0) without having come
 * round a returning link. 1 for a first word, 0 for what feeds on its loop alone. Parents come
 * first in `said`; one that is not there is passed over, and what has no other is left out.
 */
export function freshRatios(said: Iterable<Descended>): ReadonlyMap<string, number> {
  const fresh = new Map<string, number>();
  const laps = new Map<string, number>();
  for (const one of said) {
    laps.set(one.id, one.lap);
    const ratio = freshRatioOf(one, fresh, laps);
    if (ratio !== undefined) fresh.set(one.id, ratio);
  }
  return fresh;
}

function freshRatioOf(
  { parents }: Descended,
  fresh: ReadonlyMap<string, number>,
  laps: ReadonlyMap<string, number>,
): number | undefined {
  if (parents.length === 0) return 1;
  let [sum, known] = [0, 0];
  for (const [id, heardLap] of parents) {
    const lap = laps.get(id);
    const ratio = heardLap > (lap ?? heardLap) ? 0 : fresh.get(id);
    if (ratio === undefined) continue;
    sum += ratio;
    known++;
  }
  return known === 0 ? undefined : sum / known;
}
