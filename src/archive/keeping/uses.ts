import type { SaidRecord } from '../canonical.js';
import type { JournalRecord } from '../journal.js';
import type { Pin } from './lists.js';
import type { Thinning } from './policy.js';

/**
 * Why something may have to stay. The ages, in seconds, are those of the youngest envelope that
 * descends from it, or is it: of all, and of those in takes; Infinity for none.
 */
export interface Use {
  readonly youngest: number;
  readonly take: number;
  readonly pinned: boolean;
}

/** What one hash is used for. */
export interface BlobUse extends Use {
  /** Age at which it was last said itself. */
  readonly own: number;
  /** What it carries; undefined when a checkpoint or envelopes of several kinds name it. */
  readonly carries: string | undefined;
  readonly form: unknown;
}

/** What a fork needs of the run it entered: envelopes from before it did, and blobs. */
export interface Demand {
  readonly before: number;
  readonly envelopes: ReadonlySet<string>;
  readonly hashes: ReadonlySet<string>;
}

/** What to ask of a journal. */
export interface UseQuestion {
  /** The run's own records, the newest first; read more than once. */
  records(): Iterable<JournalRecord>;
  readonly sampleRate: number;
  /** How long ago the last record happened. */
  readonly sinceEndSeconds: number;
  readonly thin?: Thinning | undefined;
  readonly pins: readonly Pin[];
  readonly demands: readonly Demand[];
  /** Envelopes that agents remember and may yet name as parents. */
  readonly cited?: readonly string[];
}

/** The uses of all blobs that a journal names. */
export interface RunUses {
  readonly blobs: ReadonlyMap<string, BlobUse>;
  /** Ancestors that the journal does not hold: those of a fork are in the run it entered. */
  readonly beyond: ReadonlyMap<string, Use>;
  /** Now, on the run's own time axis. */
  readonly nowSeconds: number;
}

/** The use of what nothing needs. */
export const UNUSED: Use = { youngest: Infinity, take: Infinity, pinned: false };

/** The use of what two need. */
export function bothUses(a: Use, b: Use): Use {
  return {
    youngest: Math.min(a.youngest, b.youngest),
    take: Math.min(a.take, b.take),
    pinned: a.pinned || b.pinned,
  };
}

/**
 * Walks a journal from its end, where children stand before their parents, and hands every use on
 * to the parents: an ancestor is used by whatever uses its descendants. Memory holds the blobs and
 * the ancestors still to come, never the journal.
 */
export function usesOf(question: UseQuestion): RunUses {
  const walk = new Walk(question);
  let [before, after] = ['', walk.pass()];
  // Journals of a swarm split over machines may hold a parent behind its child: look again.
  while (after !== before && after !== '') [before, after] = [after, walk.pass()];
  return walk;
}

class Walk implements RunUses {
  readonly blobs = new Map<string, BlobUse>();
  readonly beyond: Map<string, Use>;
  nowSeconds = Number.NaN;
  readonly #question: UseQuestion;

  constructor(question: UseQuestion) {
    this.#question = question;
    const remembered = { youngest: 0, take: Infinity, pinned: true };
    this.beyond = new Map(question.cited?.map((id) => [id, remembered]));
  }

  /** Returns what is still to be found, as a text that stays the same when nothing was. */
  pass(): string {
    for (const record of this.#question.records()) {
      if (record.type === 'said') this.#visit(record);
    }
    return JSON.stringify([...this.beyond].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #visit(record: SaidRecord): void {
    const seconds = record.time / this.#question.sampleRate;
    if (Number.isNaN(this.nowSeconds)) {
      this.nowSeconds = seconds + this.#question.sinceEndSeconds;
    }
    const own = this.#own(record, seconds);
    const inherited = this.beyond.get(record.id);
    const use = inherited === undefined ? own : bothUses(own, inherited);
    this.beyond.delete(record.id);
    if (record.hash !== undefined) this.#name(record, record.hash, use, own.youngest);
    for (const [parent] of record.parents) {
      const known = this.beyond.get(parent);
      this.beyond.set(parent, known === undefined ? use : bothUses(known, use));
    }
  }

  #own(record: SaidRecord, seconds: number): Use {
    const { thin, pins, demands } = this.#question;
    const youngest = this.nowSeconds - seconds;
    const until = seconds + soundSeconds(record);
    const pinned =
      pins.some((pin) => holds(pin, record.id, seconds, until)) ||
      demands.some((fork) => record.time < fork.before && fork.envelopes.has(record.id));
    const inTake = thin !== undefined && soundsInTake(thin, seconds, until);
    return { youngest, take: inTake ? youngest : Infinity, pinned };
  }

  #name(record: SaidRecord, hash: string, use: Use, own: number): void {
    const known = this.blobs.get(hash);
    const { carries } = record;
    // Only sound is ever read by its form again, and forms are long.
    const form = carries === 'audio' ? record.form : undefined;
    if (known === undefined) {
      const pinned = use.pinned || this.#question.demands.some((fork) => fork.hashes.has(hash));
      this.blobs.set(hash, { ...use, pinned, own, carries, form });
      return;
    }
    this.blobs.set(hash, {
      ...bothUses(known, use),
      own: Math.min(known.own, own),
      carries: known.carries === carries ? carries : undefined,
      form,
    });
  }
}

/** How long an envelope sounds; 0 for what is no sound. */
function soundSeconds({ carries, form }: SaidRecord): number {
  if (carries !== 'audio') return 0;
  const { samples = 0, sampleRate = 1 } = form as { samples?: number; sampleRate?: number };
  return samples / sampleRate;
}

function holds(pin: Pin, id: string, seconds: number, until: number): boolean {
  if (pin.pin === 'run') return true;
  if (pin.pin === 'envelope') return pin.envelope === id;
  return seconds < pin.to && (seconds >= pin.from || until > pin.from);
}

/** Takes stand on a grid that begins with the run, so that what was kept once is kept again. */
function soundsInTake(thin: Thinning, seconds: number, until: number): boolean {
  const { everySeconds, takeSeconds } = thin;
  const take = Math.floor(seconds / everySeconds) * everySeconds;
  return seconds - take < takeSeconds || take + everySeconds < until;
}
