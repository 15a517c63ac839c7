/** The open G string. */
export const LOWEST_HZ = 196;
/** E7, as high as a soloist is asked to go. */
export const HIGHEST_HZ = 2637;

const OPEN_STRINGS: readonly number[] = [196, 293.66, 440, 659.26];

/**
 * A pitch brought into the violin's range by octaves; a noise (0) becomes the open string given.
 */
export function intoRange(f0Hz: number, openString: number): number {
  let hz = f0Hz > 0 ? f0Hz : openStringHz(openString);
  while (hz < LOWEST_HZ) hz *= 2;
  while (hz > HIGHEST_HZ) hz /= 2;
  return hz;
}

/** A pitch some semitones away, in range. */
export function transposed(f0Hz: number, semitones: number): number {
  return intoRange(f0Hz * 2 ** (semitones / 12), 0);
}

/** The other side of the violin's range: low for high, high for low. */
export function mirrored(f0Hz: number): number {
  return intoRange((LOWEST_HZ * HIGHEST_HZ) / f0Hz, 0);
}

function openStringHz(index: number): number {
  return OPEN_STRINGS[index % OPEN_STRINGS.length]!;
}
