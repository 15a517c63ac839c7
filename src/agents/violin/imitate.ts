import type { PlacedNote } from '../../audio/index.js';
import type { HeardNote } from './hearing.js';
import { intoRange } from './range.js';
import { techniqueLike } from './technique.js';
import type { Thought } from './thought.js';

/**
 * The same again: pitch, rhythm, dynamics and manner as she heard them, a little in her own hand.
 */
export function imitate({ heard, colour, loudnessDb, random }: Thought): readonly PlacedNote[] {
  const middleDb = middleLoudness(heard);
  return heard.map((note) => {
    const technique = techniqueLike(note, colour, random);
    const f0Hz = intoRange(note.f0Hz, random.below(4));
    return {
      technique,
      f0Hz,
      toF0Hz: note.f0Hz > 0 ? intoRange(f0Hz * (note.toF0Hz / note.f0Hz), 0) : f0Hz,
      startSeconds: note.startSeconds + 0.012 * random.next(),
      seconds: note.seconds,
      ...(note.trillHz === undefined ? {} : { strokesHz: note.trillHz }),
      loudnessDb: loudnessDb + bent(note.loudnessDb - middleDb),
    };
  });
}

/** Mean loudness of what was heard, in dBFS. */
export function middleLoudness(heard: readonly HeardNote[]): number {
  return heard.reduce((sum, note) => sum + note.loudnessDb, 0) / Math.max(1, heard.length);
}

/** Differences of loudness are followed, not copied: at most 9 dB either way. */
function bent(differenceDb: number): number {
  return Math.max(-9, Math.min(9, 0.7 * differenceDb));
}
