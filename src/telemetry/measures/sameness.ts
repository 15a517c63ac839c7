import { type Feature, distanceOf } from './cloud.js';

/** Repeats of one sound lie less than 1 apart, different sounds of one piece 20 to 80. */
const SAME_DISTANCE = 1.5;
const SAME_DB = 1;
/** Cepstra of a held spectrum spread by less than this over the sound: half of a feature. */
const HELD_SPREAD = 1;
/** The same so often, for so long, is stuck; a spectrum held all that time needs no repeats. */
const STUCK_TIMES = 24;
const STUCK_SECONDS = 30;
/** So many sounds that differ, one after the other, end it. */
const OTHERS_MIN = 3;

/** A sound of one agent, as it is compared with those after it. */
export interface ComparedSound {
  readonly seconds: number;
  readonly durationSeconds: number;
  readonly levelDb: number;
  /** Means, then spreads. */
  readonly feature: Feature;
}

/** How long one agent has said the same. */
export class Sameness {
  #first: ComparedSound | undefined;
  #isHeld = true;
  #others = 0;
  #sounded = 0;
  /** When the first of the same sounds began. */
  since = 0;
  times = 0;
  /** Whether it has been so for long enough; then it takes three other sounds to end it. */
  isStuck = false;

  /** Whether all of it is one held spectrum, 30 s of sound or more. */
  get holds(): boolean {
    return this.#isHeld && this.#sounded >= STUCK_SECONDS;
  }

  /** Takes in the agent's next sound. */
  add(sound: ComparedSound): void {
    if (this.#first === undefined || !isSame(this.#first, sound)) {
      if (this.isStuck && ++this.#others < OTHERS_MIN) return;
      this.#begin(sound);
    }
    this.#others = 0;
    this.times++;
    this.#isHeld &&= isHeld(sound);
    this.#sounded += sound.durationSeconds;
    const isEnough = this.times >= STUCK_TIMES || this.holds;
    const lasts = sound.seconds + sound.durationSeconds - this.since;
    this.isStuck ||= isEnough && lasts >= STUCK_SECONDS;
  }

  #begin(sound: ComparedSound): void {
    this.#first = sound;
    this.since = sound.seconds;
    this.times = 0;
    this.#isHeld = true;
    this.#sounded = 0;
    this.isStuck = false;
  }
}

function isSame(a: ComparedSound, b: ComparedSound): boolean {
  const near = distanceOf(a.feature, b.feature) < SAME_DISTANCE;
  return near && Math.abs(a.levelDb - b.levelDb) < SAME_DB;
}

function isHeld({ feature }: ComparedSound): boolean {
  return feature.slice(feature.length / 2).every((spread) => spread < HELD_SPREAD);
}
