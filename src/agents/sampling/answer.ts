import type { Descriptors, Match, Samples } from '../../core/index.js';
import { chooseUnits } from './choose.js';
import type { Database } from './database.js';
import { faithfulMatches, renderFaithfully } from './faithful.js';
import { aligned, regridded } from './query.js';
import { renderUnits } from './render.js';
import { type Segment, unitName } from './segment.js';
import type { Taboo } from './taboo.js';

/** How a query is answered. */
export interface AnswerOptions {
  readonly mode: 'corrected' | 'faithful';
  readonly candidates: number;
  readonly joining: number;
  readonly crossfadeSamples: Samples;
  /** The brim of an answer: frames past it are not played. */
  readonly samplesMax: Samples;
  readonly sampleRate: number;
}

/** What a query is answered with; nothing sounds where nothing is remembered. */
export interface Answer {
  readonly samples: Float32Array;
  readonly list: readonly Match[];
  /** The segments that sound, each once, in the order of their first sound. */
  readonly segments: readonly Segment[];
  /** Values of the query that were no numbers. */
  readonly scrubbed: number;
  /** Frames of the query past the brim. */
  readonly cut: number;
  /** Matches that faithful playback cannot join. */
  readonly skipped: number;
}

const NOTHING: Answer = {
  samples: new Float32Array(),
  list: [],
  segments: [],
  scrubbed: 0,
  cut: 0,
  skipped: 0,
};

/** Answers a query from what is remembered; throws a UserError for a query of other descriptors. */
export async function answer(
  heard: Descriptors,
  database: Database,
  taboo: Taboo,
  options: AnswerOptions,
): Promise<Answer> {
  const like = database.segments[0]?.frames;
  if (like === undefined || heard.rows === 0) return NOTHING;
  if (options.mode === 'corrected') await database.prepare();
  const { query, scrubbed } = aligned(heard, like, database.scale.mean);
  const asked = belowBrim(query, options.samplesMax);
  const answered =
    options.mode === 'faithful'
      ? faithful(asked, database, options)
      : corrected(regridded(asked, like.hopLength, options.sampleRate), database, taboo, options);
  return { ...answered, scrubbed, cut: query.rows - asked.rows };
}

function belowBrim(query: Descriptors, samplesMax: Samples): Descriptors {
  const rows = Math.min(query.rows, Math.max(1, Math.floor(samplesMax / query.hopLength)));
  return { ...query, rows, data: query.data.subarray(0, rows * query.columns) };
}

function corrected(
  query: Descriptors,
  database: Database,
  taboo: Taboo,
  options: AnswerOptions,
): Answer {
  const chosen = chooseUnits(query, database, taboo, options);
  const units = chosen.map(({ unit }, i) => ({
    ...unit,
    length: Math.min(unit.length, query.rows - i * database.length),
  }));
  return {
    ...NOTHING,
    samples: renderUnits(units, options.crossfadeSamples),
    list: chosen.map(({ unit, distance, rank }) => ({ unit: unitName(unit), distance, rank })),
    segments: [...new Set(units.map(({ segment }) => segment))],
  };
}

function faithful(query: Descriptors, database: Database, options: AnswerOptions): Answer {
  const matches = faithfulMatches(query, database.segments);
  const { samples, played, skipped } = renderFaithfully(matches, options);
  const list = matches.map(({ segment, frame, distance }) => {
    return { unit: unitName({ segment, frame, length: 1 }), distance, rank: 0 };
  });
  const segments = [...new Set(played.map(({ segment }) => segment))];
  return { ...NOTHING, samples, list, segments, skipped };
}
