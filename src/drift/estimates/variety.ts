import { type BootstrapOptions, distanceTable, effectiveRankOf } from '../../measures/index.js';
import { type DescribedSound, middlesOf } from '../described.js';
import { type Estimate, estimated, unknown } from '../estimate.js';
import { SLICE_WIDTH } from '../features.js';
import { thinned } from '../group.js';
import { distributionOf } from './distance.js';

/** Sounds whose pairs are looked at. */
const SOUNDS_MAX = 128;

/** Effective rank of the slices of a group: in how many directions of 12 its sound spreads. */
export function rankEstimate(
  sounds: readonly DescribedSound[],
  options: BootstrapOptions,
): Estimate {
  const rank = (drawn: readonly DescribedSound[]): number | undefined => {
    const distribution = distributionOf(drawn);
    return distribution === undefined ? undefined : effectiveRankOf(distribution.covariance);
  };
  const why = 'there is too little sound (under 4 s)';
  return estimated(sounds, rank, { ...options, why, range: [0, SLICE_WIDTH] });
}

/** Mean distance in dB between two sounds of a group, each taken as the mean of its slices. */
export function spreadEstimate(
  all: readonly DescribedSound[],
  options: BootstrapOptions,
): Estimate {
  const sounds = thinned(all, SOUNDS_MAX);
  if (sounds.length < 2) return unknown('one sound has no other to differ from');
  const table = distanceTable(middlesOf(sounds));
  const rows = sounds.length;
  const mean = (drawn: readonly number[]): number | undefined => {
    let [sum, pairs] = [0, 0];
    for (const [at, a] of drawn.entries()) {
      for (let i = 0; i < at; i++) {
        const b = drawn[i]!;
        // A sound drawn twice does not differ from itself, which says nothing.
        if (a === b) continue;
        sum += table[a * rows + b]!;
        pairs++;
      }
    }
    return pairs === 0 ? undefined : sum / pairs;
  };
  const indices = sounds.map((_, i) => i);
  return estimated(indices, mean, { ...options, why: 'there are no pairs', range: [0, Infinity] });
}
