import { type RunArchive, type SaidRecord, readBlob } from '../../archive/index.js';
import { type AgentId, type Audio, type Samples, UserError } from '../../core/index.js';
import type { Difference } from '../difference.js';
import { Lockstep, type Spread } from '../lockstep.js';
import { spectralDistance } from './spectral-distance.js';
import { type SoundPair, type Window, Windows, windowSecondsFor } from './windows.js';

/** A run, as a comparison names it. */
export interface NamedRun {
  readonly run: string;
  readonly title: string;
  readonly folder: string;
  readonly seed: number;
  readonly how: 'run' | 'fork' | 'replay' | 'resume';
}

/** How one run goes away from the first. */
export interface Divergence extends NamedRun {
  /** From here on they are compared: a fork has the past of the run it entered. */
  readonly from: Samples;
  /** What they are made of unlike: `scenario`, `seed`, `models`, `versions`. */
  readonly madeUnlike: readonly string[];
  readonly compared: number;
  readonly differing: number;
  readonly first?: Difference;
  readonly spread: Readonly<Record<AgentId, Spread>>;
  readonly windows: readonly Window[];
}

/** A curve of a run over logical time, in seconds; those of `src/drift` are such. */
export interface RunCurve {
  readonly measure: string;
  readonly title: string;
  readonly unit: string;
  readonly points: readonly {
    readonly from: number;
    readonly to: number;
    readonly estimate: { readonly value: number } | { readonly undefinedBecause: string };
  }[];
}

/** Runs beside the first of them. */
export interface Comparison {
  readonly original: NamedRun;
  readonly sampleRate: number;
  readonly windowSeconds: number;
  readonly endSeconds: number;
  readonly others: readonly Divergence[];
  /** The curves of the first run and of each other one, where they were asked for. */
  readonly curves: readonly (readonly RunCurve[])[];
}

/** What a comparison may be told. */
export interface CompareOptions {
  readonly windowSeconds?: number;
  /** Works out the bias curves of a run over time. */
  readonly curvesOf?: (run: RunArchive) => Promise<readonly RunCurve[]>;
}

/**
 * Compares runs with the first of them: the first difference, how far it spread, and over time the
 * share of what they say unlike and how unlike it sounds. A UserError for unlike sample rates.
 */
export async function compareRuns(
  original: RunArchive,
  others: readonly RunArchive[],
  options: CompareOptions = {},
): Promise<Comparison> {
  const { sampleRate } = original.record;
  const unlike = others.find(({ record }) => record.sampleRate !== sampleRate);
  if (unlike !== undefined) {
    throw new UserError({
      what: `a run at ${unlike.record.sampleRate} Hz has another time than one at ${sampleRate} Hz`,
      where: unlike.folder,
    });
  }
  const endSeconds = Math.max(...[original, ...others].map(lengthOf));
  const { windowSeconds = windowSecondsFor(endSeconds), curvesOf } = options;
  const divergences: Divergence[] = [];
  for (const other of others) divergences.push(await divergenceOf(original, other, windowSeconds));
  const all = curvesOf === undefined ? [] : [original, ...others];
  const curves: (readonly RunCurve[])[] = [];
  for (const run of all) curves.push((await curvesOf?.(run)) ?? []);
  const named = namedRun(original);
  return { original: named, sampleRate, windowSeconds, endSeconds, others: divergences, curves };
}

async function divergenceOf(
  original: RunArchive,
  other: RunArchive,
  windowSeconds: number,
): Promise<Divergence> {
  const from = entryBetween(original, other);
  const windows = new Windows(windowSeconds, original.record.sampleRate);
  const lockstep = new Lockstep(original.records(), {
    from,
    onPair: (pair) => windows.count(pair),
  });
  for (const record of other.records()) lockstep.hear(record);
  lockstep.end();
  const { first, compared, spread } = lockstep;
  const alike = [...spread.values()].reduce((sum, { equal }) => sum + equal, 0);
  return {
    ...namedRun(other),
    from,
    madeUnlike: madeUnlike(original, other),
    compared,
    differing: compared - alike,
    ...(first === undefined ? {} : { first }),
    spread: Object.fromEntries(spread),
    windows: await windows.measured((pair) => distanceBetween(original, other, pair)),
  };
}

/** Where two runs part at the earliest: before, both have the past of the one that was forked. */
function entryBetween(a: RunArchive, b: RunArchive): Samples {
  const past = (run: RunArchive): Map<string, Samples> => {
    const reached = new Map([[run.record.run, Number.POSITIVE_INFINITY]]);
    let shared = Number.POSITIVE_INFINITY;
    for (let at: RunArchive | undefined = run; at?.base !== undefined; at = at.base) {
      shared = Math.min(shared, at.record.origin?.at ?? 0);
      reached.set(at.base.record.run, shared);
    }
    return reached;
  };
  const [left, right] = [past(a), past(b)];
  const shared = [...left].map(([run, until]) => Math.min(until, right.get(run) ?? 0));
  const entry = Math.max(0, ...shared);
  return Number.isFinite(entry) ? entry : 0;
}

function madeUnlike({ record: a }: RunArchive, { record: b }: RunArchive): readonly string[] {
  const same = (x: unknown, y: unknown): boolean => JSON.stringify(x) === JSON.stringify(y);
  return [
    ...(a.scenario.hash === b.scenario.hash ? [] : ['scenario']),
    ...(a.seed === b.seed ? [] : ['seed']),
    ...(same(a.models, b.models) ? [] : ['models']),
    ...(same(a.corpus, b.corpus) ? [] : ['corpus']),
    ...(same(a.replaced, b.replaced) ? [] : ['kinds']),
    ...(same(a.versions, b.versions) ? [] : ['versions']),
  ];
}

async function distanceBetween(
  original: RunArchive,
  other: RunArchive,
  pair: SoundPair,
): Promise<number | undefined> {
  const [left, right] = [await soundOf(original, pair.original), await soundOf(other, pair.other)];
  if (left === undefined || right === undefined) return undefined;
  return spectralDistance(left, right);
}

/** A sound of a run; undefined where the archive no longer keeps it. */
async function soundOf(run: RunArchive, said: SaidRecord): Promise<Audio | undefined> {
  for (let at: RunArchive | undefined = run; at !== undefined; at = at.base) {
    const kept = await readBlob(`${at.folder}/blobs`, said.hash ?? '');
    if (kept !== undefined) return (await run.signal(said)) as Audio;
  }
  return undefined;
}

function lengthOf(run: RunArchive): number {
  let last = 0;
  for (const { time } of run.records()) last = Math.max(last, time);
  return Math.max(run.record.durationSeconds ?? 0, (last + 1) / run.record.sampleRate);
}

function namedRun({ record, folder }: RunArchive): NamedRun {
  const { run, title, seed, origin } = record;
  return { run, title, folder, seed, how: origin?.how ?? 'run' };
}
