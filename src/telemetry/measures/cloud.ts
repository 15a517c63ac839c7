/** What a sound is like, as numbers; all vectors of a cloud are of one length. */
export type Feature = readonly number[];

/**
 * Two sounds nearer than this are the same to the ear (about 1 dB in one cepstrum); what is
 * measured in spreads is never measured in less.
 */
export const NEAR = 1;

/** The straight distance between two features. */
export function distanceOf(a: Feature, b: Feature): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const apart = (a[i] as number) - (b[i] as number);
    sum += apart * apart;
  }
  return Math.sqrt(sum);
}

/** Mean distance between two of the features; 0 for fewer than two. */
export function meanDistance(cloud: readonly Feature[]): number {
  let [sum, pairs] = [0, 0];
  for (let a = 1; a < cloud.length; a++) {
    for (let b = 0; b < a; b++) {
      sum += distanceOf(cloud[a] as Feature, cloud[b] as Feature);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

/** The middle of a cloud that is not empty. */
export function middleOf(cloud: readonly Feature[]): number[] {
  const middle = new Array<number>((cloud[0] as Feature).length).fill(0);
  for (const feature of cloud) {
    for (let i = 0; i < middle.length; i++) {
      middle[i] = (middle[i] as number) + (feature[i] as number) / cloud.length;
    }
  }
  return middle;
}

/** Mean distance between two sounds of now over that of the beginning. */
export function varietyOf(start: readonly Feature[], now: readonly Feature[]): number {
  return meanDistance(now) / Math.max(NEAR, meanDistance(start));
}

/**
 * Distance of the middle of `now` from the middle of `outside`, in spreads (root mean square
 * distance from the middle) of `outside`.
 */
export function driftOf(outside: readonly Feature[], now: readonly Feature[]): number {
  const home = middleOf(outside);
  const square = outside.reduce((sum, one) => sum + distanceOf(one, home) ** 2, 0);
  const spread = Math.sqrt(square / outside.length);
  return distanceOf(home, middleOf(now)) / Math.max(NEAR, spread);
}
