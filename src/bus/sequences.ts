import type { Subject } from './bus.js';
import type { Frame, FrameStamp } from './codec.js';

/** Rounds of tallies that follow the last message of a subject. */
const TALLIES_AFTER_LAST = 3;

/** Publishers remembered per subscription; those met first are forgotten first. */
const PUBLISHERS_MAX = 1024;

/** Subjects remembered per publisher. */
const SUBJECTS_MAX = 8192;

/** A publisher's own counts: one per subject, from 1, consumed whether or not a message leaves. */
export class Said {
  readonly publisher: string;
  readonly #counts = new Map<Subject, number>();
  readonly #owed = new Map<Subject, number>();

  constructor(publisher: string) {
    this.publisher = publisher;
  }

  /** Whether anything was said under this subject before. */
  knows(subject: Subject): boolean {
    return this.#counts.has(subject);
  }

  /** The stamp the next message of a subject would carry. */
  next(subject: Subject): FrameStamp {
    const sequence = (this.#counts.get(subject) ?? 0) + 1;
    return { publisher: this.publisher, sequence };
  }

  /** Consumes a stamp: from here on, a message that does not arrive is a gap. */
  commit(subject: Subject, sequence: number): void {
    this.#counts.set(subject, sequence);
    this.#owed.set(subject, TALLIES_AFTER_LAST);
  }

  /** The stamps to tell again now, so that even a lost last message shows. */
  tallies(): readonly (readonly [Subject, FrameStamp])[] {
    const due = [...this.#owed.keys()].map((subject) => {
      const sequence = this.#counts.get(subject) as number;
      return [subject, { publisher: this.publisher, sequence }] as const;
    });
    for (const [subject, left] of this.#owed) this.#repay(subject, left);
    return due;
  }

  #repay(subject: Subject, left: number): void {
    if (left > 1) this.#owed.set(subject, left - 1);
    else this.#owed.delete(subject);
  }
}

/** A subscription's memory of every publisher's count, in which a jump is a loss. */
export class Heard {
  readonly #last = new Map<string, Map<Subject, number>>();

  /** How many messages were lost before this frame; 0 for the first frame heard of a publisher. */
  gapBefore(subject: Subject, { publisher, sequence, says }: Frame): number {
    const counts = this.#countsOf(publisher);
    const last = counts.get(subject);
    if (last === undefined) makeRoom(counts, SUBJECTS_MAX);
    counts.set(subject, Math.max(last ?? 0, sequence));
    const reached = says === 'tally' ? sequence : sequence - 1;
    return last === undefined ? 0 : Math.max(0, reached - last);
  }

  #countsOf(publisher: string): Map<Subject, number> {
    const known = this.#last.get(publisher);
    if (known !== undefined) return known;
    makeRoom(this.#last, PUBLISHERS_MAX);
    const counts = new Map<Subject, number>();
    this.#last.set(publisher, counts);
    return counts;
  }
}

/** Who is forgotten and heard again is met anew: some loss may be missed, none is invented. */
function makeRoom(map: Map<string, unknown>, max: number): void {
  if (map.size < max) return;
  const [oldest] = map.keys();
  map.delete(oldest as string);
}
