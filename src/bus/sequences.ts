import type { Subject } from './bus.js';
import type { Frame, FrameStamp } from './codec.js';

/** Rounds of tallies that follow the last message of a subject. */
const TALLIES_AFTER_LAST = 3;

/** Publishers remembered per subscription; those longest unheard are forgotten first. */
const PUBLISHERS_MAX = 8192;

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
  readonly #last = new Map<string, number>();

  /** How many messages were lost before this frame; 0 for the first frame heard of a publisher. */
  gapBefore(subject: Subject, frame: Frame): number {
    const key = `${frame.publisher} ${subject}`;
    const last = this.#last.get(key);
    const reached = frame.says === 'tally' ? frame.sequence : frame.sequence - 1;
    this.#last.delete(key);
    this.#last.set(key, Math.max(last ?? 0, frame.sequence));
    this.#forget();
    return last === undefined ? 0 : Math.max(0, reached - last);
  }

  #forget(): void {
    if (this.#last.size <= PUBLISHERS_MAX) return;
    const [oldest] = this.#last.keys();
    this.#last.delete(oldest as string);
  }
}
