import { type Random, seededRandom } from '../../core/index.js';

/** What goes wrong in a rehearsal, in the order in which a certificate lists it. */
export const MISHAPS = [
  'kill',
  'throw',
  'nan',
  'slow',
  'drop',
  'duplicate',
  'reorder',
  'outage',
  'full disk',
  'torn write',
] as const;

/** One way for a rehearsal to go wrong. */
export type Mishap = (typeof MISHAPS)[number];

/** The mean logical time between two mishaps of a kind, in seconds; 0 is never. */
export type MishapPlan = Readonly<Partial<Record<Mishap, number>>>;

const [HOUR, DAY] = [3600, 86_400];

/** How often things go wrong unless said otherwise: far more often than in any room. */
export const MISHAP_PLAN_DEFAULT: MishapPlan = {
  kill: 6 * HOUR,
  throw: 6 * HOUR,
  nan: 6 * HOUR,
  slow: 2 * HOUR,
  drop: HOUR,
  duplicate: HOUR,
  reorder: HOUR,
  outage: DAY,
  'full disk': DAY,
  'torn write': 6 * HOUR,
};

/** How long the bus is gone and the disk full, each time. */
const OUTAGE_SECONDS = 10;
const FULL_SECONDS = 300;

/** What the mishaps of a rehearsal are drawn from. */
export interface MishapParts {
  readonly seed: number;
  readonly plan: MishapPlan;
  /** Among how many victims a mishap is shared out; 1 unless given. */
  readonly victims: Readonly<Partial<Record<Mishap, number>>>;
  /** Nothing goes wrong from then on, so that everything is mended at the end. */
  readonly untilSeconds: number;
}

/**
 * All mishaps of a rehearsal, from a seed alone. Each victim has a course of its own over logical
 * time, so that no machine, and no mishap of another, changes when it is struck.
 */
export class Mishaps {
  readonly counts: Record<Mishap, number>;
  readonly #seed: number;
  readonly #untilSeconds: number;
  readonly #plan: MishapPlan;
  readonly #victims: MishapParts['victims'];
  readonly #courses = new Map<string, Course>();
  /** The stretch that was last looked up; times come almost in order. */
  readonly #stretches = new Map<Mishap, { readonly cell: number; readonly begins: number }>();

  constructor({ seed, plan, victims, untilSeconds }: MishapParts) {
    this.#seed = seed;
    this.#plan = plan;
    this.#victims = victims;
    this.#untilSeconds = untilSeconds;
    this.counts = Object.fromEntries(MISHAPS.map((name) => [name, 0])) as Record<Mishap, number>;
  }

  /** Whether it strikes this victim now, which counts; the times asked for must not fall. */
  strikes(mishap: Mishap, victim: string, seconds: number): boolean {
    const mean = (this.#plan[mishap] ?? 0) * (this.#victims[mishap] ?? 1);
    if (mean <= 0 || seconds >= this.#untilSeconds) return false;
    const name = `${mishap} ${victim}`;
    let course = this.#courses.get(name);
    if (course === undefined) {
      course = { random: seededRandom(this.#seed, 'mishap', name), mean, next: 0 };
      this.#courses.set(name, advanced(course));
    }
    if (seconds < course.next) return false;
    while (course.next <= seconds) advanced(course);
    this.counts[mishap]++;
    return true;
  }

  /** Whether the bus is gone at a time, in whatever order times are asked for. */
  isOut(seconds: number): boolean {
    return this.#within('outage', OUTAGE_SECONDS, seconds);
  }

  /** Whether the disk is full at a time. */
  isFull(seconds: number): boolean {
    return this.#within('full disk', FULL_SECONDS, seconds);
  }

  /** One stretch in every cell of time as long as the mean, somewhere in it. */
  #within(mishap: Mishap, lengthSeconds: number, seconds: number): boolean {
    const mean = this.#plan[mishap] ?? 0;
    if (mean <= 0 || seconds >= this.#untilSeconds) return false;
    const cell = Math.floor(seconds / mean);
    const length = Math.min(lengthSeconds, mean / 2);
    let known = this.#stretches.get(mishap);
    if (known?.cell !== cell) {
      const random = seededRandom(this.#seed, 'mishap', mishap, `${cell}`);
      known = { cell, begins: cell * mean + random.next() * (mean - length) };
      this.#stretches.set(mishap, known);
    }
    return seconds >= known.begins && seconds < known.begins + length;
  }
}

interface Course {
  readonly random: Random;
  readonly mean: number;
  next: number;
}

/** Times between mishaps are exponential: each may come at any moment. */
function advanced(course: Course): Course {
  course.next += -course.mean * Math.log(1 - course.random.next());
  return course;
}
