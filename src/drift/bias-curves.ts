import type { RunArchive } from '../archive/index.js';
import { UserError } from '../core/index.js';
import { type Descriptions, describedSounds } from './described.js';
import type { Estimate } from './estimate.js';
import { stocksOf } from './estimates/coverage.js';
import { referenceOf } from './estimates/distance.js';
import { type Along, type Group, lapGroups, timeGroups, windowFor } from './group.js';
import { type Frame, MEASURES, type MeasureName } from './measure.js';
import { type Heard, type Sound, heardIn } from './sound.js';

/** One point of a curve: laps, or seconds of logical time, and what was measured of its sounds. */
export interface CurvePoint {
  readonly from: number;
  readonly to: number;
  /** How many sounds (for coverage: choices) it rests on. */
  readonly count: number;
  readonly estimate: Estimate;
}

/** A measure over laps or time. */
export interface BiasCurve {
  readonly measure: MeasureName;
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  readonly points: readonly CurvePoint[];
}

/** The bias curves of a run. */
export interface BiasCurves {
  readonly run: string;
  readonly title: string;
  readonly along: Along;
  /** Seconds of one point, along time. */
  readonly windowSeconds?: number;
  readonly endSeconds: number;
  /** Agents whose sounds are meant; absent for all. */
  readonly agents?: readonly string[];
  /** How many sounds were made by agents, came from the corpus, and could not be described. */
  readonly sounds: {
    readonly made: number;
    readonly corpus: number;
    readonly silent: number;
    readonly short: number;
    readonly lost: number;
  };
  readonly curves: readonly BiasCurve[];
  readonly notes: readonly string[];
}

/** What curves are wanted; all have defaults. */
export interface BiasOptions {
  /** `lap` by default. */
  readonly along?: Along;
  /** All by default. */
  readonly measures?: readonly MeasureName[];
  /** Sounds and choices of these agents alone; of all by default. */
  readonly agents?: readonly string[];
  /** Of one point along time; so that there are 60 at most by default, 30 s or more. */
  readonly windowSeconds?: number;
  /** Sounds that a point by lap rests on at least, laps taken together; 8 by default. */
  readonly atLeast?: number;
  /** Seed of the bands, 1 by default, and how often they draw, 200 by default. */
  readonly seed?: number;
  readonly resamples?: number;
  /** Told after each sound that was described anew. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * The bias curves of a run, by lap or over time: every sound that an agent said, but pieces of the
 * corpus, which are what it is compared with. Features are computed once and kept in the run's
 * `drift-cache`. A UserError for an agent that said no sound.
 */
export async function biasCurves(run: RunArchive, options: BiasOptions = {}): Promise<BiasCurves> {
  const { along = 'lap' } = options;
  const heard = heardIn(run);
  checkAgents(heard, options.agents);
  const needed = heard.sounds.filter((sound) => isNeeded(sound, options));
  const described = await describedSounds(run, needed, options.onProgress);
  const { windowSeconds = windowFor(heard.endSeconds), measures, agents } = options;
  const made = described.sounds.filter(({ corpus, agent }) => !corpus && within(agent, agents));
  const choices = heard.choices.filter(({ agent }) => within(agent, agents));
  const groups =
    along === 'lap'
      ? lapGroups(made, choices, options.atLeast)
      : timeGroups(made, choices, { windowSeconds, endSeconds: heard.endSeconds });
  const frame = frameOf({ ...heard, choices }, described, along, options);
  const wanted = MEASURES.filter(({ name }) => measures?.includes(name) ?? true);
  return {
    run: run.record.run,
    title: run.record.title,
    along,
    ...(along === 'time' ? { windowSeconds } : {}),
    endSeconds: heard.endSeconds,
    ...(agents === undefined ? {} : { agents }),
    sounds: countsOf(heard, described, agents),
    curves: wanted.map(({ estimate, name: measure, title, unit, digits }) => {
      const points = groups.map((group) => pointOf(group, measure, estimate(group, frame)));
      return { measure, title, unit, digits, points };
    }),
    notes: described.notes,
  };
}

function pointOf(group: Group, measure: MeasureName, estimate: Estimate): CurvePoint {
  const { from, to, sounds, choices } = group;
  const chosen = measure === 'coverage' || measure === 'units';
  return { from, to, count: chosen ? choices.length : sounds.length, estimate };
}

function frameOf(
  heard: Heard,
  { sounds }: Descriptions,
  along: Along,
  { agents, seed = 1, resamples = 200 }: BiasOptions,
): Frame {
  const start = sounds.filter((one) => !one.corpus && one.lap === 0 && within(one.agent, agents));
  const corpus = sounds.filter((one) => one.corpus);
  return {
    along,
    start: referenceOf('lap 0', start),
    corpus: referenceOf('the corpus', corpus),
    stocks: stocksOf(heard.sounds, heard.choices),
    choices: heard.choices,
    bootstrap: { seed, resamples },
  };
}

function countsOf(
  { sounds }: Heard,
  { silent, short, lost }: Descriptions,
  agents: readonly string[] | undefined,
): BiasCurves['sounds'] {
  const made = sounds.filter(({ corpus, agent }) => !corpus && within(agent, agents)).length;
  const corpus = sounds.filter((sound) => sound.corpus).length;
  return { made, corpus, silent, short, lost };
}

/** Pieces of the corpus are listened to only where something is measured from them. */
function isNeeded({ corpus, agent }: Sound, { agents, measures }: BiasOptions): boolean {
  return corpus ? (measures?.includes('from-corpus') ?? true) : within(agent, agents);
}

function within(agent: string, agents: readonly string[] | undefined): boolean {
  return agents === undefined || agents.includes(agent);
}

function checkAgents({ sounds }: Heard, agents: readonly string[] = []): void {
  const sounding = [...new Set(sounds.map(({ agent }) => agent))];
  const mute = agents.find((agent) => !sounding.includes(agent));
  if (mute === undefined) return;
  throw new UserError({
    what: 'this agent said no sound',
    where: mute,
    allowed: sounding.length === 0 ? 'a run with sound' : `one of ${sounding.join(', ')}`,
  });
}
