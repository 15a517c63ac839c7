import type { PlacedNote } from '../../audio/index.js';
import { answer } from './answer.js';
import { contrast } from './contrast.js';
import { imitate } from './imitate.js';
import { ornament } from './ornament.js';
import type { Temper } from './temper.js';
import type { Thought } from './thought.js';

/** Notes one phrase may have. */
const NOTES_MAX = 32;
const SHORTEST_SECONDS = 0.06;

/** Her phrase: within the violin's range, `secondsMax` and 32 notes; none when she rests. */
export function replyTo(temper: Temper, thought: Thought): readonly PlacedNote[] {
  return bounded(REPLIES[temper](thought), thought.secondsMax);
}

const REPLIES: Readonly<Record<Temper, (thought: Thought) => readonly PlacedNote[]>> = {
  imitate,
  answer,
  contrast,
  ornament,
  rest: () => [],
};

function bounded(notes: readonly PlacedNote[], secondsMax: number): readonly PlacedNote[] {
  const inOrder = notes.toSorted((a, b) => a.startSeconds - b.startSeconds);
  const first = inOrder[0]?.startSeconds ?? 0;
  return inOrder
    .map((note) => ({ ...note, startSeconds: note.startSeconds - first }))
    .filter(
      ({ startSeconds }) => startSeconds === 0 || startSeconds < secondsMax - SHORTEST_SECONDS,
    )
    .slice(0, NOTES_MAX)
    .map((note) => ({
      ...note,
      seconds: Math.min(Math.max(SHORTEST_SECONDS, note.seconds), secondsMax - note.startSeconds),
    }));
}
