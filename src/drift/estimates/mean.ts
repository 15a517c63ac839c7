import type { BootstrapOptions } from '../../measures/index.js';
import type { DescribedSound } from '../described.js';
import { type Estimate, estimated } from '../estimate.js';

/** The mean of a number that sounds have, over those that have it, weighed by their length. */
export function meanEstimate(
  sounds: readonly DescribedSound[],
  numberOf: (sound: DescribedSound) => number | undefined,
  options: BootstrapOptions & { readonly why: string },
): Estimate {
  const known = sounds.filter((sound) => numberOf(sound) !== undefined);
  const mean = (drawn: readonly DescribedSound[]): number => {
    let [sum, weights] = [0, 0];
    for (const sound of drawn) {
      sum += sound.samples * (numberOf(sound) as number);
      weights += sound.samples;
    }
    return sum / weights;
  };
  return estimated(known, mean, options);
}
