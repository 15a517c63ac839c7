import type {
  Alert,
  Life,
  Said,
  Scene,
  Sounding,
  State,
  TelemetryRecord,
} from '../../src/telemetry/index.js';
import { emptyRing, withValue } from './ring.js';
import type { Ring } from './ring.js';
import { NO_RATES, ratesOf, windowWith } from './rates.js';
import type { Rates } from './rates.js';
import { withLifeSeries, withStateSeries } from './series-book.js';
import type { SeriesBook } from './series-book.js';

/** How the watcher stands to the engine, and since which wall time. */
export interface Connection {
  readonly word: 'WAITING' | 'LIVE' | 'LOST' | 'ENDED';
  readonly sinceMs: number;
  /** Why it ended. */
  readonly reason?: string;
}

/** Something the engine said in words. */
export interface Note {
  readonly seconds: number;
  readonly says: string;
}

/** The answer to a request of this watcher. */
export type Answer = Extract<TelemetryRecord, { type: 'answer' }>;

/** Everything that is known of a run: a value; what is learnt makes a new one. */
export interface Sight {
  readonly scene: Scene | undefined;
  readonly state: State | undefined;
  /** The states of the last ten seconds, the latest last. */
  readonly window: readonly State[];
  readonly rates: Rates;
  readonly life: Life | undefined;
  readonly series: SeriesBook;
  readonly said: Ring<Said>;
  readonly soundings: Ring<Sounding>;
  readonly alerts: { readonly standing: readonly Alert[]; readonly past: readonly Alert[] };
  readonly notes: readonly Note[];
  readonly answers: readonly Answer[];
  readonly connection: Connection;
  /** Records that were left out for this watcher. */
  readonly gaps: number;
  /** Wall time of the latest that is known, in milliseconds. */
  readonly nowMs: number;
}

const SAID_MAX = 5_000;
const SOUNDINGS_MAX = 100;
const LISTED_MAX = 100;

/** What is known before anything is. */
export const BLANK_SIGHT: Sight = {
  scene: undefined,
  state: undefined,
  window: [],
  rates: NO_RATES,
  life: undefined,
  series: new Map(),
  said: emptyRing(SAID_MAX),
  soundings: emptyRing(SOUNDINGS_MAX),
  alerts: { standing: [], past: [] },
  notes: [],
  answers: [],
  connection: { word: 'WAITING', sinceMs: 0 },
  gaps: 0,
  nowMs: 0,
};

/** What is known after one more record, which came in at a wall time in milliseconds. */
export function withRecord(sight: Sight, record: TelemetryRecord, wallMs: number): Sight {
  const now = { ...heard(sight, wallMs), nowMs: wallMs };
  switch (record.type) {
    case 'scene':
      return withScene(now, record, wallMs);
    case 'state':
      return withState(now, record, wallMs);
    case 'life':
      return { ...now, life: record, series: withLifeSeries(now.series, record, wallMs) };
    case 'said':
      return { ...now, said: withValue(now.said, record) };
    case 'sounding':
      return { ...now, soundings: withValue(now.soundings, record) };
    case 'alert':
      return { ...now, alerts: withAlert(now.alerts, record) };
    case 'note':
      return { ...now, notes: listed(now.notes, { seconds: record.seconds, says: record.says }) };
    case 'answer':
      return { ...now, answers: listed(now.answers, record) };
    case 'gap':
      return { ...now, gaps: now.gaps + record.records };
    case 'ended':
      return withConnection(now, 'ENDED', wallMs, record.reason);
  }
}

/** What is known once the connection has changed: found, lost, or at an end. */
export function withConnection(
  sight: Sight,
  word: Connection['word'],
  wallMs: number,
  reason?: string,
): Sight {
  if (sight.connection.word === word) return sight;
  const connection = { word, sinceMs: wallMs, ...(reason === undefined ? {} : { reason }) };
  return { ...sight, connection, nowMs: wallMs };
}

/** Whatever comes in shows that the engine is there; only a scene begins a run that had ended. */
function heard(sight: Sight, wallMs: number): Sight {
  const { word } = sight.connection;
  return word === 'LIVE' || word === 'ENDED' ? sight : withConnection(sight, 'LIVE', wallMs);
}

function withScene(sight: Sight, scene: Scene, wallMs: number): Sight {
  const connection = { word: 'LIVE', sinceMs: wallMs } as const;
  // Another run shares nothing with this one but the watcher.
  const known = sight.scene?.run === scene.run ? sight : { ...BLANK_SIGHT, gaps: sight.gaps };
  const kept = known.connection.word === 'LIVE' ? known.connection : connection;
  return { ...known, scene, connection: kept, nowMs: wallMs };
}

function withState(sight: Sight, state: State, wallMs: number): Sight {
  const window = windowWith(sight.window, state);
  const rates = ratesOf(window);
  const series = withStateSeries(sight.series, state, rates, wallMs);
  return { ...sight, state, window, rates, series };
}

function withAlert(alerts: Sight['alerts'], alert: Alert): Sight['alerts'] {
  const others = alerts.standing.filter(({ id }) => id !== alert.id);
  if (alert.over !== undefined) return { standing: others, past: listed(alerts.past, alert) };
  // An alert that goes on keeps its place; a new one comes last.
  const known = others.length < alerts.standing.length;
  const standing = known
    ? alerts.standing.map((one) => (one.id === alert.id ? alert : one))
    : [...others, alert];
  return { ...alerts, standing };
}

function listed<T>(list: readonly T[], one: T): readonly T[] {
  return [...list.slice(1 - LISTED_MAX), one];
}
