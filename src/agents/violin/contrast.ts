import type { PlacedNote, Technique } from '../../audio/index.js';
import { imitate } from './imitate.js';
import { mirrored, transposed } from './range.js';
import { techniqueUnlike } from './technique.js';
import type { Thought } from './thought.js';

/**
 * More notes than this in a second are many; a contrast to many is few, and the other way round.
 */
const MANY_PER_SECOND = 1.5;
const FEW_SECONDS = 1.8;
const FEW_NOTES_MAX = 3;
const MANY_SECONDS = 0.16;
const MANY_NOTES_MAX = 14;

/**
 * Everything turned round: high for low, few long notes for many short ones, soft for loud, and
 * another manner.
 */
export function contrast(thought: Thought): readonly PlacedNote[] {
  const notes = imitate(thought).map((note) => ({ ...note, f0Hz: mirrored(note.f0Hz) }));
  const seconds = Math.max(0.1, lengthOf(notes));
  const technique = techniqueUnlike(mostUsed(notes), thought.random);
  const turned = notes.length / seconds > MANY_PER_SECOND ? few(notes) : many(notes, thought);
  return turned.map((note) => ({
    ...note,
    technique,
    toF0Hz: transposed(note.f0Hz, technique === 'glissando' ? -5 : 2),
    loudnessDb: 2 * thought.loudnessDb - (note.loudnessDb ?? thought.loudnessDb),
  }));
}

function few(notes: readonly PlacedNote[]): readonly PlacedNote[] {
  const every = Math.max(1, Math.ceil(notes.length / FEW_NOTES_MAX));
  return notes
    .filter((_, i) => i % every === 0)
    .map((note, i) => ({ ...note, startSeconds: i * FEW_SECONDS, seconds: FEW_SECONDS }));
}

/** A quick walk by semitones around each of the pitches in turn. */
function many(notes: readonly PlacedNote[], { random }: Thought): readonly PlacedNote[] {
  const count = 8 + random.below(MANY_NOTES_MAX - 7);
  let away = 0;
  return Array.from({ length: count }, (_, i) => {
    const note = notes[Math.floor((i * notes.length) / count)]!;
    away = Math.max(-7, Math.min(7, away + random.below(5) - 2));
    const startSeconds = i * MANY_SECONDS * (1 + 0.08 * random.next());
    const f0Hz = transposed(note.f0Hz, away);
    return { ...note, f0Hz, startSeconds, seconds: MANY_SECONDS * 0.9 };
  });
}

function mostUsed(notes: readonly PlacedNote[]): Technique {
  const counts = new Map<Technique, number>();
  for (const { technique } of notes) counts.set(technique, (counts.get(technique) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}

function lengthOf(notes: readonly PlacedNote[]): number {
  const { startSeconds, seconds } = notes.at(-1)!;
  return startSeconds + seconds - notes[0]!.startSeconds;
}
