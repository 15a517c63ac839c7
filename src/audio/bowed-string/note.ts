/** A way of setting the string in motion. */
export type Technique =
  | 'ordinario'
  | 'detache'
  | 'harmonics'
  | 'trill'
  | 'tremolo'
  | 'sul-ponticello'
  | 'glissando'
  | 'pizzicato'
  | 'col-legno';

/** Every technique, in the order of the paper's sound collections. */
export const TECHNIQUES: readonly Technique[] = [
  'ordinario',
  'detache',
  'harmonics',
  'trill',
  'tremolo',
  'sul-ponticello',
  'glissando',
  'pizzicato',
  'col-legno',
];

/** One note as a violinist would be asked for it. Anything out of range is brought into it. */
export interface Note {
  readonly technique: Technique;
  /** The pitch that sounds, 55 to 5000 Hz. */
  readonly f0Hz: number;
  /**
   * Where a glissando arrives (an octave higher unless given), or the other note of a trill (two
   * semitones higher).
   */
  readonly toF0Hz?: number;
  /**
   * From the first touch to the release of bow or finger, 0.03 to 30 s; the string rings a little
   * longer.
   */
  readonly seconds: number;
  /** RMS of its loudest fifth of a second in dB below full scale, −70 to −6; −20 unless given. */
  readonly loudnessDb?: number;
  /** Depth of the vibrato, 0 to 1; what the technique does by itself unless given. */
  readonly vibrato?: number;
  /** The partial a light finger leaves, for harmonics: 2 (octave) unless given, 3 (twelfth), 4. */
  readonly partial?: number;
  /** Bow strokes or trill notes per second, 2 to 20. */
  readonly strokesHz?: number;
}

/** A note with nothing left open and nothing out of range. */
export type PlayableNote = Required<Note>;

const LOUDNESS_DB = -20;

/**
 * Fills what a note leaves open and brings every number into its range; what is not a number counts
 * as left open.
 */
export function playable(note: Note): PlayableNote {
  const f0Hz = within(note.f0Hz, 55, 5000, 440);
  const toF0Hz = f0Hz * (note.technique === 'trill' ? 2 ** (2 / 12) : 2);
  return {
    technique: note.technique,
    f0Hz,
    toF0Hz: within(note.toF0Hz, 55, 5000, Math.min(5000, toF0Hz)),
    seconds: within(note.seconds, 0.03, 30, 1),
    loudnessDb: within(note.loudnessDb, -70, -6, LOUDNESS_DB),
    vibrato: within(note.vibrato, 0, 1, note.technique === 'ordinario' ? 0.5 : 0),
    partial: Math.round(within(note.partial, 2, 4, 2)),
    strokesHz: within(note.strokesHz, 2, 20, note.technique === 'trill' ? 7 : 12),
  };
}

function within(value: number | undefined, low: number, high: number, open: number): number {
  if (value === undefined || Number.isNaN(value)) return open;
  return Math.min(high, Math.max(low, value));
}
