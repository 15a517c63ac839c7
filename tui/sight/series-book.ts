import type { Life, State } from '../../src/telemetry/index.js';
import type { Rates } from './rates.js';
import { EMPTY_SERIES, withPoint } from './series.js';
import type { Series } from './series.js';

/**
 * Series by name: `rate violin`, `level violin`, `inbox violin`, `p95 violin`, `gain 2`, `lap 2`,
 * `life drift`, `swarm level`, `swarm dropped`.
 */
export type SeriesBook = ReadonlyMap<string, Series>;

/** So many series are kept; in six weeks they fill about 42 MB. */
export const SERIES_MAX = 256;

type Figure = readonly [name: string, value: number | undefined];

/** Level that silence is drawn as, in dB below full scale. */
const SILENCE_DB = -90;

/** The book with what a state says, the most telling figures first where not all have room. */
export function withStateSeries(
  book: SeriesBook,
  state: State,
  rates: Rates,
  wallMs: number,
): SeriesBook {
  const { agents, loops } = state;
  return withFigures(book, wallMs, [
    ['swarm level', Math.max(SILENCE_DB, ...agents.map((one) => one.rmsDb ?? SILENCE_DB))],
    ['swarm dropped', state.dropped],
    ['swarm cpu', state.engine.cpu],
    ...loops.slice(0, 32).flatMap<Figure>((loop) => [
      [`gain ${loop.number}`, loop.gainDb],
      [`lap ${loop.number}`, loop.lapSeconds],
    ]),
    ...agents.map<Figure>(({ id }) => [`rate ${id}`, rates.agents.get(id)?.emitted]),
    ...agents.map<Figure>(({ id, rmsDb }) => [`level ${id}`, rmsDb ?? SILENCE_DB]),
    ...agents.map<Figure>(({ id, inbox }) => [`inbox ${id}`, inbox]),
    ...agents.map<Figure>(({ id, p95Ms }) => [`p95 ${id}`, p95Ms]),
  ]);
}

/** The book with what is known of how the music lives. */
export function withLifeSeries(book: SeriesBook, life: Life, wallMs: number): SeriesBook {
  return withFigures(book, wallMs, [
    ['life drift', life.drift],
    ['life variety', life.variety],
    ['life rank', life.effectiveRank],
    ['life fresh', life.freshRatio],
    ['life novelty', life.noveltyPerHour],
  ]);
}

function withFigures(book: SeriesBook, wallMs: number, figures: readonly Figure[]): SeriesBook {
  const next = new Map(book);
  for (const [name, value] of figures) {
    if (value === undefined) continue;
    const series = next.get(name);
    if (series === undefined && next.size >= SERIES_MAX && !name.startsWith('life')) continue;
    next.set(name, withPoint(series ?? EMPTY_SERIES, value, wallMs));
  }
  return next;
}
