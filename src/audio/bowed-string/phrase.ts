import type { Note } from './note.js';
import type { PlayOptions } from './play.js';
import { playNote } from './play.js';

/** A note in its place in a phrase. */
export interface PlacedNote extends Note {
  /** Seconds after the beginning of the phrase. */
  readonly startSeconds: number;
}

/**
 * Plays notes one over another's ringing: mono, as long as the last ringing, at most −1 dBFS. Each
 * note draws its chance from its own place, so that a change to one leaves the others as they were.
 */
export function playPhrase(notes: readonly PlacedNote[], options: PlayOptions): Float32Array {
  const { sampleRate, random } = options;
  const played = notes.map((note, i) => ({
    start: Math.max(0, Math.round((note.startSeconds || 0) * sampleRate)),
    wave: playNote(note, { sampleRate, random: random.split(`note ${i}`) }),
  }));
  const length = played.reduce((end, { start, wave }) => Math.max(end, start + wave.length), 0);
  const phrase = new Float32Array(length);
  for (const { start, wave } of played) wave.forEach((x, i) => (phrase[start + i]! += x));
  return underPeak(phrase);
}

function underPeak(phrase: Float32Array): Float32Array {
  const peak = phrase.reduce((highest, x) => Math.max(highest, Math.abs(x)), 0);
  const limit = 10 ** (-1 / 20);
  return peak <= limit ? phrase : phrase.map((x) => (x * limit) / peak);
}
