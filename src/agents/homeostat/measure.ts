import type { Samples } from '../../core/index.js';
import { toDb } from '../../audio/index.js';
import {
  type Cloud,
  effectiveRank,
  meanPairwiseDistance,
  selfRepetition,
  weightedSpread,
} from '../../measures/index.js';
import { type HeardFrames, SHAPE, TIMBRE, type Wanted } from './hearing.js';

/** What a homeostat can measure. */
export const MEASURES = [
  'variety',
  'spread',
  'repetition',
  'centroid',
  'flatness',
  'level',
] as const;

/** The name of a measure. */
export type MeasureName = (typeof MEASURES)[number];

interface Measure {
  readonly wanted: Wanted;
  /** Undefined where too little was heard. */
  of(cloud: Cloud, times: readonly Samples[], sampleRate: number): number | undefined;
  span(target: number): number;
}

/** Frames of a whole window that are compared with one another. */
const FRAMES_MAX = 640;
/** Frames alike: the varied sounds of one piece lie 20 to 80 apart. */
const REPETITION = { near: 10, guardSeconds: 1, among: 32 };
const LEVEL_SPAN_DB = 20;
/** So that silence is a level that can be aimed away from: −100 dBFS. */
const RMS_MIN = 1e-5;

const share = (target: number): number => Math.max(Math.abs(target), 1e-6);

const OF: Readonly<Record<MeasureName, Measure>> = {
  variety: {
    wanted: TIMBRE,
    of: (cloud) => (cloud.rows < 2 ? undefined : effectiveRank(cloud)),
    span: share,
  },
  spread: {
    wanted: TIMBRE,
    of: (cloud) => (cloud.rows < 2 ? undefined : meanPairwiseDistance(cloud)),
    span: share,
  },
  repetition: {
    wanted: TIMBRE,
    of: (cloud, times, sampleRate) => {
      const { near, guardSeconds, among } = REPETITION;
      return selfRepetition(cloud, times, { near, guard: guardSeconds * sampleRate, among });
    },
    span: () => 1,
  },
  centroid: { wanted: SHAPE, of: (cloud) => loudMean(cloud, 0), span: share },
  flatness: { wanted: SHAPE, of: (cloud) => loudMean(cloud, 1), span: share },
  level: {
    wanted: SHAPE,
    of: (cloud) =>
      cloud.rows === 0 ? undefined : toDb(Math.max(RMS_MIN, Math.sqrt(meanOf(powersOf(cloud))))),
    span: () => LEVEL_SPAN_DB,
  },
};

/** The columns of descriptors a measure is taken from. */
export function wantedFor(name: MeasureName): Wanted {
  return OF[name].wanted;
}

/**
 * A measure over what was heard: variety is the effective rank of the frames, spread their mean
 * pairwise distance, both over 13 MFCCs; repetition is from 0 to 1, the centroid in hertz, flatness
 * from 0 to 1, both weighed by power, the level in dBFS. Undefined where too little was heard.
 */
export function measured(
  name: MeasureName,
  heard: readonly HeardFrames[],
  sampleRate: number,
): number | undefined {
  const columns = OF[name].wanted.columns.length;
  const each = Math.max(1, Math.floor(FRAMES_MAX / Math.max(1, heard.length)));
  const rows = heard.flatMap((one) => thinned(one, each).map((row) => ({ one, row })));
  const data = new Float32Array(rows.length * columns);
  for (const [i, { one, row }] of rows.entries()) {
    data.set(one.data.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  const times = rows.map(({ one }) => one.at);
  const value = OF[name].of({ rows: rows.length, columns, data }, times, sampleRate);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** The least and the greatest value a measure can have. */
export function boundsOf(name: MeasureName): readonly [least: number, greatest: number] {
  switch (name) {
    case 'variety':
      return [1, OF.variety.wanted.columns.length];
    case 'spread':
    case 'centroid':
      return [0, Number.POSITIVE_INFINITY];
    case 'repetition':
    case 'flatness':
      return [0, 1];
    case 'level':
      return [Number.NEGATIVE_INFINITY, 0];
  }
}

/** How far a measure is from its target, as a share of its span there. */
export function errorOf(name: MeasureName, target: number, value: number): number {
  return (target - value) / spanOf(name, target);
}

/** What counts as an error of 1: as much as the target, but 20 dB and the whole of repetition. */
export function spanOf(name: MeasureName, target: number): number {
  return OF[name].span(target);
}

function thinned({ rows }: HeardFrames, most: number): readonly number[] {
  const kept = Math.min(rows, most);
  return Array.from({ length: kept }, (_, i) => Math.floor(((i + 0.5) * rows) / kept));
}

function loudMean(cloud: Cloud, column: number): number | undefined {
  const values = Array.from({ length: cloud.rows }, (_, row) => {
    return cloud.data[row * cloud.columns + column]!;
  });
  return weightedSpread(values, powersOf(cloud))?.mean;
}

function powersOf({ rows, columns, data }: Cloud): readonly number[] {
  return Array.from({ length: rows }, (_, row) => data[row * columns + 2]! ** 2);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
