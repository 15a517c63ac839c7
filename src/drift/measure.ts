import type { BootstrapOptions } from '../measures/index.js';
import { type Reference, distanceEstimate } from './estimates/distance.js';
import { type Stocks, coverageEstimate } from './estimates/coverage.js';
import { meanEstimate } from './estimates/mean.js';
import { repetitionEstimate } from './estimates/repetition.js';
import { rankEstimate, spreadEstimate } from './estimates/variety.js';
import type { Estimate } from './estimate.js';
import type { Along, Group } from './group.js';
import type { Choice } from './sound.js';

/** What estimates are made in view of. */
export interface Frame {
  readonly along: Along;
  /** The sounds of lap 0 and of the corpus, or why there are none. */
  readonly start: Reference | string;
  readonly corpus: Reference | string;
  readonly stocks: Stocks;
  /** Every choice of the run. */
  readonly choices: readonly Choice[];
  readonly bootstrap: BootstrapOptions;
}

/** One measure of a group of sounds; docs/drift.md defines each. */
export interface Measure {
  readonly name: MeasureName;
  readonly title: string;
  /** Empty for a number without a unit. */
  readonly unit: string;
  /** Digits after the point. */
  readonly digits: number;
  estimate(group: Group, frame: Frame): Estimate;
}

/** The names of all measures, in the order in which they are shown. */
export const MEASURE_NAMES = [
  'drift',
  'from-corpus',
  'variety',
  'spread',
  'coverage',
  'units',
  'centroid',
  'flatness',
  'repetition',
  'fresh',
] as const;

/** The name of a measure. */
export type MeasureName = (typeof MEASURE_NAMES)[number];

const NO_SOUND = 'there is no sound';

/** Every measure, in the order in which they are shown. */
export const MEASURES: readonly Measure[] = [
  {
    name: 'drift',
    title: 'distance from lap 0',
    unit: 'dB',
    digits: 2,
    estimate: ({ sounds }, { start, bootstrap }) => distanceEstimate(sounds, start, bootstrap),
  },
  {
    name: 'from-corpus',
    title: 'distance from the corpus',
    unit: 'dB',
    digits: 2,
    estimate: ({ sounds }, { corpus, bootstrap }) => distanceEstimate(sounds, corpus, bootstrap),
  },
  {
    name: 'variety',
    title: 'variety: effective rank',
    unit: 'of 12',
    digits: 1,
    estimate: ({ sounds }, { bootstrap }) => rankEstimate(sounds, bootstrap),
  },
  {
    name: 'spread',
    title: 'spread: one sound from another',
    unit: 'dB',
    digits: 2,
    estimate: ({ sounds }, { bootstrap }) => spreadEstimate(sounds, bootstrap),
  },
  {
    name: 'coverage',
    title: 'units matched of those known',
    unit: '%',
    digits: 1,
    estimate: (group, frame) => percent(coverageOfGroup(group, frame)),
  },
  {
    name: 'units',
    title: 'units matched, as if evenly',
    unit: '',
    digits: 1,
    estimate: ({ choices, to }, { stocks, bootstrap }) =>
      coverageEstimate(choices, stocks, to, { ...bootstrap, effective: true }),
  },
  {
    name: 'centroid',
    title: 'spectral centroid',
    unit: 'Hz',
    digits: 0,
    estimate: ({ sounds }, { bootstrap }) =>
      meanEstimate(sounds, ({ centroidHz }) => centroidHz, { ...bootstrap, why: NO_SOUND }),
  },
  {
    name: 'flatness',
    title: 'spectral flatness',
    unit: 'dB',
    digits: 1,
    estimate: ({ sounds }, { bootstrap }) =>
      meanEstimate(sounds, ({ flatnessDb }) => flatnessDb, { ...bootstrap, why: NO_SOUND }),
  },
  {
    name: 'repetition',
    title: 'self-repetition',
    unit: '%',
    digits: 1,
    estimate: ({ sounds }, { bootstrap }) => percent(repetitionEstimate(sounds, bootstrap)),
  },
  {
    name: 'fresh',
    title: 'fresh by ancestry',
    unit: '%',
    digits: 1,
    estimate: ({ sounds }, { bootstrap }) => {
      const why = sounds.length === 0 ? NO_SOUND : 'no ancestry is known';
      const options = { ...bootstrap, why, range: [0, 1] } as const;
      return percent(meanEstimate(sounds, ({ fresh }) => fresh, options));
    },
  },
];

/** Along time, what was ever matched until then; along laps, what the choices of a lap took. */
function coverageOfGroup(group: Group, { along, choices, stocks, bootstrap }: Frame): Estimate {
  const options = { ...bootstrap, effective: false };
  if (along === 'time') {
    const until = choices.filter(({ seconds }) => seconds < group.to);
    return coverageEstimate(until, stocks, group.to, options);
  }
  const last = group.choices.reduce((latest, { seconds }) => Math.max(latest, seconds), 0);
  return coverageEstimate(group.choices, stocks, last, options);
}

function percent(estimate: Estimate): Estimate {
  if ('undefinedBecause' in estimate) return estimate;
  const { value, low, high } = estimate;
  const band = low === undefined || high === undefined ? {} : { low: 100 * low, high: 100 * high };
  return { value: 100 * value, ...band };
}
