import type { Note, Technique } from '../../audio/index.js';
import type { Random } from '../../core/index.js';

/** Where a technique is at home on the violin, and how long its notes are. */
export interface Hand {
  readonly lowHz: number;
  readonly highHz: number;
  readonly secondsMin: number;
  readonly secondsMax: number;
  /** How much of a note's time it sounds: the rest is the lifted bow or finger. */
  readonly held: number;
  /** What else the technique asks for, drawn for one phrase. */
  ask(random: Random): Partial<Note>;
}

const BOWED = { lowHz: 196, highHz: 2100, secondsMin: 0.22, secondsMax: 1.6, held: 0.95 };
const STRUCK = { lowHz: 196, highHz: 1400, secondsMin: 0.14, secondsMax: 0.9, held: 0.8 };
const vibrato = (random: Random): Partial<Note> => ({ vibrato: random.pick([0, 0.3, 0.6, 1]) });

/** How each technique is played when a corpus is rendered. */
export const HANDS: Readonly<Record<Technique, Hand>> = {
  ordinario: { ...BOWED, ask: vibrato },
  detache: { ...BOWED, secondsMin: 0.12, secondsMax: 0.5, held: 0.75, ask: () => ({}) },
  harmonics: {
    ...BOWED,
    lowHz: 587,
    highHz: 2700,
    secondsMin: 0.5,
    secondsMax: 2,
    ask: (random) => ({ partial: random.pick([2, 3, 4]) }),
  },
  trill: {
    ...BOWED,
    highHz: 1400,
    secondsMin: 0.6,
    secondsMax: 2,
    ask: (random) => ({ strokesHz: 5 + 5 * random.next() }),
  },
  tremolo: {
    ...BOWED,
    highHz: 1600,
    secondsMin: 0.4,
    secondsMax: 2,
    ask: (random) => ({ strokesHz: 8 + 8 * random.next() }),
  },
  'sul-ponticello': { ...BOWED, highHz: 1400, secondsMin: 0.3, ask: vibrato },
  glissando: { ...BOWED, highHz: 1600, secondsMin: 0.6, secondsMax: 2.5, ask: () => ({}) },
  pizzicato: { ...STRUCK, ask: () => ({}) },
  'col-legno': { ...STRUCK, highHz: 900, secondsMax: 0.6, ask: () => ({}) },
};
