import type { PlacedNote } from '../../audio/index.js';
import { imitate } from './imitate.js';
import { transposed } from './range.js';
import type { Thought } from './thought.js';

/** Intervals an answer may begin at, in semitones: fifths, fourths, thirds, the octave. */
const INTERVALS = [-12, -7, -5, -4, -3, 3, 4, 5, 7, 12];
/** How far each repetition of the motif moves on. */
const STEPS = [-3, -2, -1, 1, 2, 3];
const MOTIF_NOTES_MAX = 5;
const REPETITIONS_MAX = 4;
const PAUSE_SECONDS = 0.15;
const LAST_SECONDS = 1.4;

/**
 * An answer takes the end of what was heard as its motif, transposes it, goes on with it in
 * sequence and comes to rest on a long note at the pitch that it was asked with.
 */
export function answer(thought: Thought): readonly PlacedNote[] {
  const { random, secondsMax } = thought;
  const motif = motifOf(imitate(thought));
  const seconds = endOf(motif) + PAUSE_SECONDS;
  const room = Math.floor((secondsMax - LAST_SECONDS) / seconds);
  const repetitions = Math.max(1, Math.min(REPETITIONS_MAX, room));
  const [first, step] = [random.pick(INTERVALS), random.pick(STEPS)];
  const sequence = Array.from({ length: repetitions }, (_, i) =>
    motif.map((note) => moved(note, first + i * step, i * seconds)),
  ).flat();
  return [...sequence, last(motif, endOf(sequence) + 0.05)];
}

function motifOf(notes: readonly PlacedNote[]): readonly PlacedNote[] {
  const motif = notes.slice(-MOTIF_NOTES_MAX);
  const start = motif[0]!.startSeconds;
  return motif.map((note) => ({ ...note, startSeconds: note.startSeconds - start }));
}

function moved(note: PlacedNote, semitones: number, later: number): PlacedNote {
  const f0Hz = transposed(note.f0Hz, semitones);
  const slide = (note.toF0Hz ?? note.f0Hz) / note.f0Hz;
  return { ...note, f0Hz, toF0Hz: f0Hz * slide, startSeconds: note.startSeconds + later };
}

function last(motif: readonly PlacedNote[], startSeconds: number): PlacedNote {
  const { f0Hz, loudnessDb } = motif[0]!;
  return {
    technique: 'ordinario',
    f0Hz,
    startSeconds,
    seconds: LAST_SECONDS,
    ...(loudnessDb === undefined ? {} : { loudnessDb: loudnessDb - 3 }),
  };
}

function endOf(notes: readonly PlacedNote[]): number {
  return notes.reduce((end, note) => Math.max(end, note.startSeconds + note.seconds), 0);
}
