import type { PlacedNote } from '../../audio/index.js';
import { imitate } from './imitate.js';
import { transposed } from './range.js';
import type { Thought } from './thought.js';

const TRILL_FROM_SECONDS = 0.5;
const TURN_FROM_SECONDS = 0.2;
/** A turn: the note above, the note, the one below, the note again; in semitones. */
const TURN = [2, 0, -1, 0];
const GRACE_SECONDS = 0.07;

/**
 * What she heard, adorned: trills on long notes, turns on shorter ones, grace notes on the
 * shortest.
 */
export function ornament(thought: Thought): readonly PlacedNote[] {
  return imitate(thought).flatMap((note) => adorned(note, thought));
}

function adorned(note: PlacedNote, { random }: Thought): readonly PlacedNote[] {
  if (note.seconds >= TRILL_FROM_SECONDS) {
    const toF0Hz = transposed(note.f0Hz, 1 + random.below(2));
    return [{ ...note, technique: 'trill', toF0Hz, strokesHz: 6 + 3 * random.next() }];
  }
  if (note.seconds >= TURN_FROM_SECONDS) return turn(note);
  const grace = { ...note, f0Hz: transposed(note.f0Hz, 2), seconds: GRACE_SECONDS };
  return [grace, { ...note, startSeconds: note.startSeconds + GRACE_SECONDS }];
}

function turn(note: PlacedNote): readonly PlacedNote[] {
  const seconds = note.seconds / TURN.length;
  return TURN.map((semitones, i) => ({
    ...note,
    technique: 'detache',
    f0Hz: transposed(note.f0Hz, semitones),
    startSeconds: note.startSeconds + i * seconds,
    seconds,
  }));
}
