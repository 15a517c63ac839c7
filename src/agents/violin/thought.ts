import type { Random } from '../../core/index.js';
import type { Colour } from './colour.js';
import type { HeardNote } from './hearing.js';

/** What she has in mind when she replies. */
export interface Thought {
  /** At least one note, in order. */
  readonly heard: readonly HeardNote[];
  readonly colour: Colour;
  /** How loud she plays in the middle, in dBFS. */
  readonly loudnessDb: number;
  /** How long her phrase may be. */
  readonly secondsMax: number;
  readonly random: Random;
}
