import type { Descriptors } from '../../core/index.js';
import type { Candidate, Database } from './database.js';
import { cheapestPath } from './path.js';
import { type Scale, frameDistance, unitRow } from './scale.js';
import { type Unit, soundingFrames, strideOf, successorOf } from './segment.js';
import type { Taboo } from './taboo.js';

/**
 * A unit chosen for a step: how far it is from what was asked, and its rank among all remembered (0
 * is the nearest).
 */
export interface Choice extends Candidate {
  readonly rank: number;
}

/** How units are chosen. */
export interface ChoiceOptions {
  /** Candidates a step chooses from, besides the natural successors of the step before. */
  readonly candidates: number;
  /** The weight of joining against resembling; 0 takes the nearest of each step. */
  readonly joining: number;
}

/**
 * The string of remembered units nearest to a string of frames and smoothest to join, one unit per
 * `database.length` frames; none only when nothing is remembered. Marks them in the taboo.
 */
export function chooseUnits(
  query: Descriptors,
  database: Database,
  taboo: Taboo,
  { candidates, joining }: ChoiceOptions,
): Choice[] {
  const rows = queryRows(query, database);
  // So many that enough are left when all that the taboo can forbid is taken away.
  const remembered = Math.min(taboo.room, taboo.size + rows.length);
  const forbidden = remembered * unitsTouching(database.length);
  const ranked = database.nearest(rows, candidates + forbidden);
  if (ranked.some(({ length }) => length === 0)) return [];
  const chosen: Choice[] = [];
  while (chosen.length < rows.length) {
    const plan = planned(ranked, chosen, { rows, database, taboo, candidates, joining });
    const whole = chosen.length + plan.length === rows.length;
    takeWhileFree(whole ? plan : plan.slice(0, HORIZON / 2), chosen, taboo);
  }
  return chosen;
}

/** Steps that are planned together; only the first half of a plan that ends too early is taken. */
const HORIZON = 64;

function unitsTouching(length: number): number {
  return 2 * Math.ceil(length / strideOf(length)) - 1;
}

function queryRows(query: Descriptors, { length, scale }: Database): Float32Array[] {
  const steps = Math.ceil(query.rows / length);
  const end = query.rows;
  return Array.from({ length: steps }, (_, i) =>
    unitRow(query, scale, { frame: i * length, length, end }),
  );
}

interface Plan extends ChoiceOptions {
  readonly rows: readonly Float32Array[];
  readonly database: Database;
  readonly taboo: Taboo;
}

interface Planned extends Choice {
  readonly penalty: number;
}

/** The best path for the steps that are still open, given what is chosen and forbidden so far. */
function planned(
  ranked: readonly Candidate[][],
  chosen: readonly Choice[],
  plan: Plan,
): readonly Planned[] {
  const { database, joining } = plan;
  const last = chosen.at(-1);
  let before: readonly Candidate[] = last === undefined ? [] : [last];
  const layers = ranked.slice(chosen.length, chosen.length + HORIZON).map((candidates, i) => {
    const row = plan.rows[chosen.length + i]!;
    before = selection(candidates, before, row, plan);
    return before as readonly Planned[];
  });
  const all = last === undefined ? layers : [[{ ...last, penalty: 0 }], ...layers];
  const targets = all.map((layer) => layer.map(({ distance, penalty }) => distance + penalty));
  const path = cheapestPath({
    targets,
    join: (step, from, to) =>
      joining === 0
        ? 0
        : joining * joinCost(all[step - 1]![from]!.unit, all[step]![to]!.unit, database.scale),
  });
  const units = path.map((candidate, step) => all[step]![candidate]!);
  return last === undefined ? units : units.slice(1);
}

/**
 * The free candidates nearest first, forbidden ones only to fill up; then as many of the successors
 * of those before.
 */
function selection(
  candidates: readonly Candidate[],
  before: readonly Candidate[],
  row: Float32Array,
  plan: Plan,
): readonly Planned[] {
  const { taboo, candidates: count } = plan;
  const all = candidates.map((candidate, rank) => {
    return { ...candidate, rank, penalty: taboo.penalty(candidate.unit) };
  });
  const best = all.sort((a, b) => a.penalty - b.penalty || a.rank - b.rank).slice(0, count);
  const known = new Set(best.map(({ unit }) => key(unit)));
  const following = before
    .map(({ unit }) => successorOf(unit, plan.database.length))
    .filter((next) => next !== undefined && !known.has(key(next)))
    .map((next) => measured(next as Unit, row, candidates, plan))
    .sort((a, b) => a.penalty - b.penalty || a.distance - b.distance);
  return [...best, ...following.slice(0, count)];
}

function measured(
  unit: Unit,
  row: Float32Array,
  candidates: readonly Candidate[],
  { database, taboo }: Plan,
): Planned {
  const distance = rowDistance(unit, row, database);
  const rank = candidates.filter((candidate) => candidate.distance < distance).length;
  return { unit, distance, rank, penalty: taboo.penalty(unit) };
}

function key({ segment, frame }: Unit): string {
  return `${segment.id}/${frame}`;
}

function rowDistance(unit: Unit, row: Float32Array, { length, scale }: Database): number {
  const { segment, frame } = unit;
  const end = soundingFrames(segment);
  const own = unitRow(segment.frames, scale, { frame, length, end });
  return Math.sqrt(own.reduce((sum, value, i) => sum + (value - row[i]!) ** 2, 0));
}

/**
 * How unlike the frame that would have followed one unit is to the first of the next: 0 for its
 * successor.
 */
export function joinCost(from: Unit, to: Unit, scale: Scale): number {
  const after = Math.min(from.frame + from.length, from.segment.frames.rows - 1);
  return frameDistance(from.segment.frames, after, to.segment.frames, to.frame, scale);
}

/** Takes the plan's units in order until one has become forbidden by those taken just before. */
function takeWhileFree(plan: readonly Planned[], chosen: Choice[], taboo: Taboo): void {
  for (const [i, { unit, distance, rank, penalty }] of plan.entries()) {
    if (i > 0 && taboo.penalty(unit) > penalty) return;
    chosen.push({ unit, distance, rank });
    taboo.use(unit);
  }
}
