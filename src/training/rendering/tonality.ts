import type { Random } from '../../core/index.js';

/** A scale on a tonic: degree 0 is the tonic, degrees go on upward and downward for ever. */
export interface Tonality {
  /** The lowest tonic on the violin, G3 to F sharp 4. */
  readonly tonicHz: number;
  /** The degrees of one octave in semitones above the tonic. */
  readonly semitones: readonly number[];
}

const MODES: readonly (readonly number[])[] = [
  [0, 2, 4, 5, 7, 9, 11],
  [0, 2, 3, 5, 7, 8, 10],
  [0, 2, 3, 5, 7, 8, 11],
  [0, 2, 3, 5, 7, 9, 10],
  [0, 1, 3, 5, 7, 8, 10],
  [0, 2, 4, 6, 7, 9, 11],
  [0, 1, 3, 4, 6, 7, 9, 10],
  [0, 2, 4, 6, 8, 10],
  [0, 2, 4, 7, 9],
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
];
const OPEN_G_HZ = 440 * 2 ** (-14 / 12);

/** A tonic and a mode by chance: church modes, octatonic, whole-tone, pentatonic, chromatic. */
export function drawTonality(random: Random): Tonality {
  return { tonicHz: OPEN_G_HZ * 2 ** (random.below(12) / 12), semitones: random.pick(MODES) };
}

/** The pitch of a degree in hertz, in equal temperament. */
export function pitchOf({ tonicHz, semitones }: Tonality, degree: number): number {
  const octave = Math.floor(degree / semitones.length);
  const step = semitones[degree - octave * semitones.length] as number;
  return tonicHz * 2 ** (octave + step / 12);
}

/** The degrees whose pitches lie between two frequencies, the first and the last of them. */
export function degreesWithin(
  tonality: Tonality,
  lowHz: number,
  highHz: number,
): { readonly low: number; readonly high: number } {
  let low = -tonality.semitones.length;
  while (pitchOf(tonality, low) < lowHz) low += 1;
  let high = low;
  while (pitchOf(tonality, high + 1) <= highHz) high += 1;
  return { low, high };
}
