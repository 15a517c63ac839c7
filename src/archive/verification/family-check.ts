import type { SaidRecord } from '../canonical.js';
import type { JournalRecord } from '../journal.js';
import type { Finding } from './finding.js';

interface Told {
  readonly lap: number;
  readonly time: number;
}

/**
 * Verifies Law 2 over a journal read in order: parents were said before, a lap is that of the
 * oldest parent as heard, and time never goes back.
 */
export class FamilyCheck {
  readonly #said = new Map<string, Told>();
  readonly #only: ReadonlySet<string> | undefined;
  #time = -1;

  /** `only` are the agents whose words stand in this journal; all of them if undefined. */
  constructor(only?: readonly string[]) {
    this.#only = only === undefined ? undefined : new Set(only);
  }

  /** Takes in what was said before this journal begins. */
  know(record: JournalRecord): void {
    if (record.type === 'said') this.#said.set(record.id, record);
  }

  /** What is wrong with one record; `closed` is false when lines before it could not be read. */
  check(record: JournalRecord, where: string, closed: boolean): Finding[] {
    const found = this.#order(record, where);
    if (record.type === 'said') {
      const { id, lap, time } = record;
      found.push(...this.#parents(record, where, closed));
      if (this.#said.has(id)) found.push({ kind: 'order', where, says: `${id} was said before` });
      this.#said.set(id, { lap, time });
    }
    return found;
  }

  /** What happens to the swarm itself, and what a network loses, is noted when it is noticed. */
  #order(record: JournalRecord, where: string): Finding[] {
    if (record.type === 'happened') return [];
    if (record.type === 'dropped' && !['brim', 'laps'].includes(record.reason)) return [];
    const [before, time] = [this.#time, record.time];
    this.#time = Math.max(before, time);
    if (time >= before) return [];
    return [{ kind: 'order', where, says: `time ${time} comes after ${before}` }];
  }

  #parents(record: SaidRecord, where: string, closed: boolean): Finding[] {
    const { id, parents, lap, time } = record;
    const found: Finding[] = [];
    for (const [parent, heard] of parents) {
      const told = this.#said.get(parent);
      if (told === undefined) {
        if (!closed || this.#isElsewhere(parent)) continue;
        found.push({ kind: 'parent', where, says: `${id} cites ${parent}, never said before it` });
      } else if (heard !== told.lap && heard !== told.lap + 1) {
        const says = `${id} heard ${parent} of lap ${told.lap} at lap ${heard}`;
        found.push({ kind: 'lap', where, says });
      } else if (told.time > time) {
        found.push({ kind: 'order', where, says: `${id} is earlier than its parent ${parent}` });
      }
    }
    const oldest = Math.max(0, ...parents.map(([, heard]) => heard));
    if (lap === oldest) return found;
    const says = `${id} is of lap ${lap}, its oldest parent was heard at ${oldest}`;
    return [...found, { kind: 'lap', where, says }];
  }

  #isElsewhere(id: string): boolean {
    const agent = id.slice(0, id.lastIndexOf('.'));
    return this.#only !== undefined && !this.#only.has(agent);
  }
}
