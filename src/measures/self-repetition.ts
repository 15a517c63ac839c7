import { type Cloud, rowDistance } from './cloud.js';

/** What counts as a repetition. */
export interface RepetitionOptions {
  /** Vectors nearer than this are alike, in the unit of the cloud. */
  readonly near: number;
  /** What lies no further apart in time than this is the same event, in the unit of `times`. */
  readonly guard: number;
  /** How many other vectors one looks for its like among. */
  readonly among: number;
}

/**
 * How often a stretch of sound has its like elsewhere: for every vector, the chance that among
 * `among` others, drawn from those outside the time guard, one lies nearer than `near`. A vector
 * with c like ones among N has the chance 1 − C(N − c, k) / C(N, k) (rarefaction, Hurlbert 1971),
 * so that large and small clouds compare; nearness and guard are those of recurrence plots (Eckmann
 * et al. 1987; Theiler 1986). One chance a row, 0 to 1; undefined for a row with fewer than `among`
 * others.
 */
export function repetitionChances(
  cloud: Cloud,
  times: ArrayLike<number>,
  options: RepetitionOptions,
): readonly (number | undefined)[] {
  return Array.from({ length: cloud.rows }, (_, row) => {
    let [others, alike] = [0, 0];
    for (let other = 0; other < cloud.rows; other++) {
      if (Math.abs(times[other]! - times[row]!) <= options.guard) continue;
      others++;
      if (rowDistance(cloud, row, cloud, other) < options.near) alike++;
    }
    return others < options.among ? undefined : chanceOf(alike, others, options.among);
  });
}

/** The mean of the chances of `repetitionChances`; undefined where no row has one. */
export function selfRepetition(
  cloud: Cloud,
  times: ArrayLike<number>,
  options: RepetitionOptions,
): number | undefined {
  const known = repetitionChances(cloud, times, options).filter((one) => one !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, x) => sum + x, 0) / known.length;
}

/** The chance that one of `alike` among `others` is in a draw of so many without replacement. */
function chanceOf(alike: number, others: number, draw: number): number {
  let none = 1;
  for (let i = 0; i < draw; i++) none *= Math.max(0, others - alike - i) / (others - i);
  return 1 - none;
}
