import {
  type BootstrapOptions,
  type Gaussian,
  addedMoments,
  drawOf,
  frechetFrom,
  gaussianOfMoments,
  sortedQuantile,
} from '../../measures/index.js';
import { seededRandom } from '../../core/index.js';
import type { DescribedSound } from '../described.js';
import { DRAWN_MIN, type Estimate, estimated, unknown } from '../estimate.js';
import { SLICE_WIDTH } from '../features.js';

/** Slices that a distribution is taken from at least: one more than it has dimensions. */
export const SLICES_MIN = SLICE_WIDTH + 1;
const CHANCE_DRAWS = 100;

/** What distances are measured from. */
export interface Reference {
  /** As in "no sound of lap 0". */
  readonly name: string;
  readonly sounds: readonly DescribedSound[];
  readonly distanceTo: (other: Gaussian) => number;
}

/** The normal distribution of the slices of sounds; undefined for too few. */
export function distributionOf(sounds: readonly DescribedSound[]): Gaussian | undefined {
  if (sounds.length === 0) return undefined;
  const moments = addedMoments(sounds.map((sound) => sound.moments));
  return moments.count < SLICES_MIN ? undefined : gaussianOfMoments(moments);
}

/** A reference; why there is none where it has too few slices. */
export function referenceOf(name: string, sounds: readonly DescribedSound[]): Reference | string {
  if (sounds.length === 0) return `there is no sound of ${name}`;
  const distribution = distributionOf(sounds);
  if (distribution === undefined) return `there is too little sound of ${name} (under 4 s)`;
  return { name, sounds, distanceTo: frechetFrom(distribution) };
}

/**
 * Fréchet distance in dB (the root of `frechetDistance`) from a reference to a group's sounds, with
 * what chance gives: as many sounds drawn from the reference itself.
 */
export function distanceEstimate(
  sounds: readonly DescribedSound[],
  reference: Reference | string,
  options: BootstrapOptions,
): Estimate {
  if (typeof reference === 'string') return unknown(reference);
  const distance = (drawn: readonly DescribedSound[]): number | undefined => {
    const distribution = distributionOf(drawn);
    return distribution === undefined ? undefined : Math.sqrt(reference.distanceTo(distribution));
  };
  const why = 'there is too little sound (under 4 s)';
  const estimate = estimated(sounds, distance, { ...options, why, range: [0, Infinity] });
  if ('undefinedBecause' in estimate) return estimate;
  const chance = chanceOf(reference.sounds, sounds.length, distance, options);
  return chance === undefined ? estimate : { ...estimate, chance };
}

function chanceOf(
  sounds: readonly DescribedSound[],
  many: number,
  distance: (drawn: readonly DescribedSound[]) => number | undefined,
  { seed = 1 }: BootstrapOptions,
): number | undefined {
  if (sounds.length < DRAWN_MIN) return undefined;
  const random = seededRandom(seed, 'chance');
  const drawn: number[] = [];
  for (let i = 0; i < CHANCE_DRAWS; i++) {
    const one = distance(drawOf(sounds.length, many, random).map((at) => sounds[at]!));
    if (one !== undefined) drawn.push(one);
  }
  return drawn.length === 0
    ? undefined
    : sortedQuantile(
        drawn.sort((a, b) => a - b),
        0.95,
      );
}
