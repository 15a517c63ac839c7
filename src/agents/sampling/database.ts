import type { Samples } from '../../core/index.js';
import type { VectorIndex } from '../../memory/index.js';
import { type Scale, scaleOf, unitRow } from './scale.js';
import { type Segment, type Unit, soundingFrames, unitsOf } from './segment.js';

/** A unit near a query and how far it is, in standard deviations (root mean square). */
export interface Candidate {
  readonly unit: Unit;
  readonly distance: number;
}

/** What a database is made of. */
export interface DatabaseOptions {
  /** Frames of a unit. */
  readonly length: number;
  /** The brim: samples of sound remembered. */
  readonly samplesMax: Samples;
  readonly open: (dimensions: number) => Promise<VectorIndex>;
}

/** What the next search of a database depends on; its segments may be forgotten meanwhile. */
export interface Searched {
  readonly indexed: readonly Segment[];
  readonly scale: Scale;
  readonly framesMeasured: number;
  readonly built: boolean;
}

/** The index is built anew when this much more has been heard, or this much of it forgotten. */
const GROWTH = 1.5;
const FORGOTTEN = 0.25;

/**
 * Everything the sampler remembers, searchable; it grows while it plays, and forgets the oldest at
 * its brim.
 */
export class Database {
  readonly length: number;
  readonly #options: DatabaseOptions;
  #segments: Segment[] = [];
  #held = 0;
  #index: VectorIndex | undefined;
  #units: Unit[] = [];
  #indexed = new Set<Segment>();
  #framesMeasured = 0;
  /** What another database searched, to be made searchable here when it is first needed. */
  #owed: Searched | undefined;
  #scale: Scale = { mean: new Float64Array(), deviation: new Float64Array() };

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.length = options.length;
  }

  /** What is remembered, longest unheard first. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** The scale of the last search; means and deviations drift only when the index is built anew. */
  get scale(): Scale {
    return this.#scale;
  }

  /**
   * Remembers a segment and returns those it made room for: the longest unheard, kept ones last.
   */
  hear(segment: Segment): readonly Segment[] {
    this.#segments.push(segment);
    this.#held += segment.samples.length;
    const forgotten: Segment[] = [];
    while (this.#held > this.#options.samplesMax && this.#segments.length > 1) {
      forgotten.push(this.#forgetOne());
    }
    return forgotten;
  }

  /** A segment was heard again: it is remembered as if it were new. */
  refresh(segment: Segment): void {
    this.#segments = [...this.#segments.filter((other) => other !== segment), segment];
  }

  /** Makes everything heard searchable, and measures its scale where that has changed much. */
  async prepare(): Promise<void> {
    const { segments } = this;
    if (this.#owed !== undefined) await this.#fill(this.#owed);
    this.#owed = undefined;
    const frames = segments.reduce((sum, segment) => sum + segment.frames.rows, 0);
    const alive = segments.filter((segment) => this.#indexed.has(segment)).length;
    const grown = frames > this.#framesMeasured * GROWTH;
    const stale = this.#indexed.size - alive > this.#indexed.size * FORGOTTEN;
    if (this.#index === undefined || grown || stale) await this.#rebuild(frames);
    const unheard = segments.filter((segment) => !this.#indexed.has(segment));
    for (const segment of unheard) this.#include(segment);
  }

  /**
   * The `count` nearest remembered units of each row (`unitRow`), nearest first. Call `prepare`
   * before.
   */
  nearest(rows: readonly Float32Array[], count: number): Candidate[][] {
    const index = this.#index;
    if (index === undefined || rows.length === 0) return rows.map(() => []);
    const remembered = new Set(this.#segments);
    const queries = joined(rows);
    for (let asked = count; ; asked *= 2) {
      const found = index.nearest(queries, asked).map((neighbours) =>
        neighbours
          .map(({ key, distance }) => ({
            unit: this.#units[key]!,
            distance: Math.sqrt(distance),
          }))
          .filter(({ unit }) => remembered.has(unit.segment)),
      );
      const enough = found.every((candidates) => candidates.length >= count);
      if (enough || asked >= index.size) return found.map((all) => all.slice(0, count));
    }
  }

  /** What a search depends on beside the segments; those it finds, in the order of finding. */
  searched(): Searched {
    if (this.#owed !== undefined) return this.#owed;
    return {
      indexed: [...this.#indexed],
      scale: this.#scale,
      framesMeasured: this.#framesMeasured,
      built: this.#index !== undefined,
    };
  }

  /** Remembers and searches as another database did, which had the same options. */
  recall(segments: readonly Segment[], searched: Searched): void {
    this.#segments = [...segments];
    this.#held = segments.reduce((sum, { samples }) => sum + samples.length, 0);
    this.#owed = searched;
  }

  async #fill({ indexed, scale, framesMeasured, built }: Searched): Promise<void> {
    const columns = indexed[0]?.frames.columns;
    if (!built || columns === undefined) return;
    this.#index = await this.#options.open(columns * this.length);
    this.#scale = scale;
    this.#framesMeasured = framesMeasured;
    for (const segment of indexed) this.#include(segment);
  }

  #forgetOne(): Segment {
    const newest = this.#segments.length - 1;
    const loose = this.#segments.findIndex(({ kept }, i) => !kept && i < newest);
    const [forgotten] = this.#segments.splice(Math.max(0, loose), 1) as [Segment];
    this.#held -= forgotten.samples.length;
    return forgotten;
  }

  async #rebuild(frames: number): Promise<void> {
    const columns = this.#segments[0]?.frames.columns;
    if (columns === undefined) return;
    const all = this.#segments.map((segment) => segment.frames);
    this.#scale = scaleOf(all, columns);
    this.#framesMeasured = frames;
    this.#units = [];
    this.#indexed = new Set();
    this.#index = await this.#options.open(columns * this.length);
  }

  #include(segment: Segment): void {
    const units = unitsOf(segment, this.length);
    const end = soundingFrames(segment);
    const rows = units.map(({ frame }) =>
      unitRow(segment.frames, this.#scale, { frame, length: this.length, end }),
    );
    this.#index?.add(joined(rows));
    this.#units.push(...units);
    this.#indexed.add(segment);
  }
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]?.length ?? 0;
  const flat = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) flat.set(row, i * width);
  return flat;
}
