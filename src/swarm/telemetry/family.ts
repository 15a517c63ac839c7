import type { AgentId, Ancestor, Envelope, EnvelopeId } from '../../core/index.js';
import type { Crossing } from '../../telemetry/index.js';
import type { Level } from './level.js';

/** Envelopes that are remembered. */
const REMEMBERED = 20_000;
/** Crossings carried on, and first words told apart, by one envelope. */
const CROSSINGS_MAX = 16;
const ROOTS_MAX = 6;

/** That an envelope, or an ancestor of it, entered the returning link of the given index. */
export interface Passed extends Crossing {
  readonly link: number;
  /** The one that entered it. */
  readonly serial: number;
}

/** A share of an ancestry. */
export interface Root {
  readonly name: string;
  readonly share: number;
}

/** What is remembered of an envelope: everything but what it carried. */
export interface Kin {
  /** Counts what is remembered; ancestors come first. */
  readonly serial: number;
  readonly id: EnvelopeId;
  readonly agent: AgentId;
  readonly carries: string;
  readonly seconds: number;
  readonly lap: number;
  readonly level: Level;
  readonly parents: readonly Ancestor[];
  /** Serials of the parents, −1 for those that are forgotten or of elsewhere. */
  readonly parentSerials: readonly number[];
  readonly file: string | undefined;
  readonly outside: boolean;
  readonly roots: readonly Root[];
  /** The latest crossing of each link among its ancestors, as heard by it. */
  readonly passed: readonly Passed[];
  /** Its own crossings, by the receiving agent. */
  readonly crossings: { readonly to: AgentId; readonly crossing: Passed }[];
}

/** The family of what was said lately: a ring of the latest 20,000 envelopes. */
export class Family {
  readonly #ring: (Kin | undefined)[] = [];
  readonly #serials = new Map<EnvelopeId, number>();
  readonly #marks = new Int32Array(REMEMBERED);
  #round = 0;
  #next = 0;

  /** What is known of an envelope; undefined when it is forgotten. */
  get(id: EnvelopeId): Kin | undefined {
    const serial = this.#serials.get(id);
    return serial === undefined ? undefined : this.at(serial);
  }

  /** What is known by a serial. */
  at(serial: number): Kin | undefined {
    const kin = serial < 0 ? undefined : this.#ring[serial % REMEMBERED];
    return kin?.serial === serial ? kin : undefined;
  }

  /** Takes in what was said; `outside` when it comes from outside. */
  add(envelope: Envelope, seconds: number, level: Level, outside: boolean): Kin {
    const { id, source, carries, lap, parents, origins } = envelope;
    const known = parents.map((parent) => this.get(parent.id));
    const file = origins?.[0]?.file;
    const kin: Kin = {
      serial: this.#next++,
      id,
      agent: source.agent,
      carries,
      seconds,
      lap,
      level,
      parents,
      parentSerials: known.map((parent) => parent?.serial ?? -1),
      file,
      outside,
      roots: rootsOf(known, file, source.agent),
      passed: passedOf(known, parents, source.agent),
      crossings: [],
    };
    const slot = kin.serial % REMEMBERED;
    const forgotten = this.#ring[slot];
    if (forgotten !== undefined) this.#forget(forgotten);
    this.#ring[slot] = kin;
    this.#serials.set(id, kin.serial);
    return kin;
  }

  /** How many ancestors of one are known. */
  countAncestors({ parentSerials }: Kin): number {
    const round = ++this.#round;
    const todo = [...parentSerials];
    let count = 0;
    for (let serial = todo.pop(); serial !== undefined; serial = todo.pop()) {
      const kin = this.at(serial);
      if (kin === undefined || this.#marks[serial % REMEMBERED] === round) continue;
      this.#marks[serial % REMEMBERED] = round;
      count++;
      for (const parent of kin.parentSerials) todo.push(parent);
    }
    return count;
  }

  /** An id that was said anew (an agent elsewhere that started again) belongs to the newer one. */
  #forget({ id, serial }: Kin): void {
    if (this.#serials.get(id) === serial) this.#serials.delete(id);
  }
}

function rootsOf(
  parents: readonly (Kin | undefined)[],
  file: string | undefined,
  agent: AgentId,
): readonly Root[] {
  if (parents.length === 0) return [{ name: file ?? agent, share: 1 }];
  if (parents.length === 1 && file === undefined && parents[0] !== undefined) {
    return parents[0].roots;
  }
  const words = parents.length + (file === undefined ? 0 : 1);
  const shares = new Map<string, number>();
  const give = (name: string, share: number): void => {
    shares.set(name, (shares.get(name) ?? 0) + share / words);
  };
  if (file !== undefined) give(file, 1);
  for (const parent of parents) {
    for (const { name, share } of parent?.roots ?? [{ name: '?', share: 1 }]) give(name, share);
  }
  const roots = [...shares].map(([name, share]) => ({ name, share }));
  return roots.sort((a, b) => b.share - a.share).slice(0, ROOTS_MAX);
}

/**
 * What a child carries on: its parents' own crossings, where it heard them across that very link,
 * and what the parents carried; of each link the latest.
 */
function passedOf(
  parents: readonly (Kin | undefined)[],
  heard: readonly Ancestor[],
  agent: AgentId,
): readonly Passed[] {
  const [only] = parents;
  if (parents.length === 1 && only?.crossings.length === 0) return only.passed;
  const latest = new Map<number, Passed>();
  const carry = (one: Passed): void => {
    const known = latest.get(one.link);
    if (known === undefined || one.seconds >= known.seconds) latest.set(one.link, one);
  };
  for (const [n, parent] of parents.entries()) {
    if (parent === undefined) continue;
    for (const one of parent.passed) carry(one);
    if ((heard[n] as Ancestor).lap <= parent.lap) continue;
    for (const { to, crossing } of parent.crossings) if (to === agent) carry(crossing);
  }
  const list = [...latest.values()];
  if (list.length <= CROSSINGS_MAX) return list;
  return list.sort((a, b) => b.seconds - a.seconds).slice(0, CROSSINGS_MAX);
}
