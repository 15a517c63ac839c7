import type {
  ControlRecord,
  DroppedRecord,
  HappenedRecord,
  RunArchive,
  RunRecord,
} from '../../archive/index.js';
import type { Scenario } from '../../scenarios/index.js';
import type { Curve } from '../pictures/curve-picture.js';
import type { Recording } from './recordings.js';
import { recordingsOf } from './recordings.js';
import type { Sounding } from './soundings.js';
import { recordersOf, soundingsOf, waysOut } from './soundings.js';
import type { Summary } from './summary.js';
import { readSummary } from './summary.js';
import type { Utterance } from './utterance.js';
import { utteranceOf } from './utterance.js';

/** A run that a site is to tell of, with what only its caller can know. */
export interface SiteRun {
  readonly archive: RunArchive;
  /** The scenario as it was played; without it there is its text but no drawing. */
  readonly scenario?: Scenario;
  /** Why there is no scenario, in one line. */
  readonly noScenario?: string;
  /** Bias curves; absent where nobody computed them. */
  readonly curves?: readonly Curve[];
}

/** A record of the run's own journal with its number there, from 1. */
export type Numbered<R> = R & { readonly line: number };

/** All that a run's pages tell, read once. */
export interface Tale extends SiteRun {
  readonly slug: string;
  readonly record: RunRecord;
  readonly summary: Summary | undefined;
  /** Logical seconds at which this run itself begins and ends. */
  readonly begins: number;
  readonly ends: number;
  /** Kind of each agent, in the scenario's order; empty where neither it nor a summary is there. */
  readonly kinds: ReadonlyMap<string, string>;
  /** Everything said from the very beginning: a fork's past included, parents first. */
  readonly said: readonly Utterance[];
  readonly byId: ReadonlyMap<string, Utterance>;
  readonly soundings: readonly Sounding[];
  readonly recordings: readonly Recording[];
  readonly dropped: readonly Numbered<DroppedRecord>[];
  readonly happened: readonly Numbered<HappenedRecord>[];
  readonly controls: readonly Numbered<ControlRecord>[];
}

/** Reads a run for its pages. */
export function readTale(run: SiteRun, slug: string): Tale {
  const { archive, scenario } = run;
  const { record, folder } = archive;
  const summary = readSummary(folder);
  const journal = readJournal(archive);
  const { said, dropped, happened } = journal;
  const begins = (record.origin?.at ?? 0) / record.sampleRate;
  const agents = scenario?.cast.map(({ id, kind }) => ({ id, kind: kind.kind }));
  const recordings = recordingsOf({
    folder,
    recorders: recordersOf(agents ?? summary?.agents ?? []),
    restarts: happened.filter(({ what }) => what === 'restarted'),
    startSeconds: begins,
    sampleRate: record.sampleRate,
  });
  return {
    ...run,
    ...journal,
    slug,
    record,
    summary,
    begins,
    ends: endOf(begins, summary, said, recordings),
    kinds: new Map((agents ?? summary?.agents ?? []).map(({ id, kind }) => [id, kind])),
    byId: new Map(said.map((one) => [one.id, one])),
    soundings: soundingsOf(said, waysOut(scenario, summary), dropped),
    recordings,
  };
}

/** A run that ended where it began still has an axis of time. */
const SHORTEST_SECONDS = 0.001;

function endOf(
  begins: number,
  summary: Summary | undefined,
  said: readonly Utterance[],
  recordings: readonly Recording[],
): number {
  const last = Math.max(said.at(-1)?.at ?? 0, ...recordings.map(({ to }) => to));
  return Math.max(begins + SHORTEST_SECONDS, summary?.logicalSeconds ?? last);
}

type Journal = Pick<Tale, 'said' | 'dropped' | 'happened' | 'controls'>;

function readJournal(archive: RunArchive): Journal {
  const { record, base } = archive;
  const said: Utterance[] = [];
  const [dropped, happened, controls]: [
    Numbered<DroppedRecord>[],
    Numbered<HappenedRecord>[],
    Numbered<ControlRecord>[],
  ] = [[], [], []];
  for (const one of pastOf(archive)) said.push(utteranceOf(one, 0, base?.record.sampleRate ?? 1));
  let line = 0;
  for (const one of archive.ownRecords()) {
    line++;
    if (one.type === 'said') said.push(utteranceOf(one, line, record.sampleRate));
    else if (one.type === 'dropped') dropped.push({ ...one, line });
    else if (one.type === 'happened') happened.push({ ...one, line });
    else if (one.type === 'control') controls.push({ ...one, line });
  }
  return { said, dropped, happened, controls };
}

function* pastOf({ base, record }: RunArchive): Generator<Utterance['record']> {
  if (base === undefined) return;
  const before = record.origin?.at ?? 0;
  for (const one of base.records()) if (one.type === 'said' && one.time < before) yield one;
}
