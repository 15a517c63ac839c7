import { z } from 'zod';
import type { Descriptors, Samples } from '../../core/index.js';
import { port, toSamples } from '../../core/index.js';
import type { Model, RunRecord } from '../../models/index.js';
import { openCast } from '../cast/cast-model.js';
import { type Played, madeBy, parentsWith, refuseOffered, takeOver } from '../cast/take-over.js';
import type { Context, Emission, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { role, seconds } from '../params.js';
import { regridded } from '../sampling/query.js';
import { columnsNamed, featuresOf } from '../sequencing/features.js';
import { type HeardFrames, History } from '../sequencing/history.js';
import { predicted } from '../sequencing/predict.js';
import { inOwnUnits, windowOf } from '../sequencing/window.js';

const params = z.object({
  model: role('the role of a sequencer run'),
  mode: z
    .enum(['corrected', 'faithful'])
    .default('corrected')
    .describe(
      'corrected: any length is answered, on the grid of the run; faithful: as the original',
    ),
  steps: z.number().int().min(1).max(2000).default(40).describe('frames of a composition'),
  window: z
    .number()
    .int()
    .min(2)
    .max(2900)
    .optional()
    .describe('frames it hears at once; those of its training unless given'),
  least: z.number().int().min(1).max(2900).default(16).describe('frames before it says anything'),
  every: seconds().default(2).describe('least time between two compositions'),
  outliers: z
    .enum(['remove', 'keep'])
    .default('remove')
    .describe('frames five deviations off are removed, as in training'),
  temperature: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe('noise on every step, in deviations of the output; keeps it from flat-lining'),
});

const outputs = {
  composition: port.descriptors('what it expects to follow: a composition'),
  notes: port.control(
    '`scrubbed`: frames or values that were no numbers; ' +
      '`generation`, `refused`: what became of an offer',
  ),
};

type Params = z.output<typeof params>;
type Outputs = typeof outputs;

interface State {
  readonly played: Played;
  readonly window: number;
  readonly history: History;
  readonly lastAt: Samples;
}

type Saved = Omit<State, 'played' | 'history'> & { readonly heard: readonly HeardFrames[] };

/** A composition cites so many of the messages it continues. */
const PARENTS_MAX = 16;
/** More is kept than a window, so that it is full when outliers are gone. */
const SPARE = 1.25;

/** Continues what it hears: the strings of descriptors it predicts count as compositions. */
export const sequencer = defineAgent({
  kind: 'sequencer',
  summary: 'Predicts the descriptors that follow what it hears; the prediction is a composition.',
  isolation: 'process',
  roles: { model: { families: ['sequencer'] } },
  params,
  inputs: {
    prime: port.descriptors('what to continue; MFCC-39 for a run that was trained on it'),
    model: port.control('offers of an apprentice: weights to play from the next answer on'),
  },
  outputs,

  async start(context): Promise<State> {
    const played = await openCast(context, 'model', 'sequencer');
    const window = context.params.window ?? trainedWindow(played.model);
    const history = new History(Math.ceil(window * SPARE));
    return { played, window, history, lastAt: Number.NEGATIVE_INFINITY };
  },

  save({ played, history, ...state }): Saved {
    refuseOffered(played);
    return { ...state, heard: history.heard };
  },

  restore({ played, history }, saved): State {
    const { heard, ...state } = saved as Saved;
    history.recall(heard);
    return { ...state, played, history };
  },

  async receive(state, message, context): Promise<Step<State, Outputs>> {
    if (message.port === 'model') {
      const { note: signal, played = state.played } = await takeOver(
        message,
        state.played,
        context,
      );
      const emit: Emission<Outputs>[] = [{ port: 'notes', signal }];
      return { state: { ...state, played }, emit: madeBy(played, emit) };
    }
    if (message.port === 'tick' || message.signal.rows === 0) return { state, emit: [] };
    const { played, history, lastAt } = state;
    const heard = ready(message.signal, played.run, sizeOf(played.model), context.params.mode);
    const emit = note(history.hear(message, heard));
    const { now, params, sampleRate } = context;
    const due = now - lastAt >= toSamples(params.every, sampleRate);
    const said = due ? await compose(state, message.signal, heard, context) : [];
    return { state: after(state, said, now), emit: madeBy(played, [...said, ...emit]) };
  },

  stop: ({ played }) => played.model.close(),
});

/** An answer is remembered by when it was, and has cited the offer its weights came with. */
function after(state: State, said: readonly unknown[], now: Samples): State {
  if (said.length === 0) return state;
  const { offer: _, ...played } = state.played;
  return { ...state, played, lastAt: now };
}

function sizeOf({ config }: Model): number {
  return 'descriptor_size' in config ? config.descriptor_size : 39;
}

function trainedWindow({ config }: Model): number {
  if (!('window_size' in config)) return 500;
  return Math.max(2, config.window_size - config.forecast_size);
}

/** What was heard in the run's columns and, in corrected mode, on its time grid. */
function ready(
  heard: Descriptors,
  run: RunRecord,
  size: number,
  mode: Params['mode'],
): Descriptors {
  const columns = columnsNamed(heard, featuresOf(size, heard));
  return mode === 'faithful' ? columns : regridded(columns, run.hopLength, run.sampleRate);
}

async function compose(
  { played, window: length, history }: State,
  prime: Descriptors,
  heard: Descriptors,
  { params, random }: Context<Params>,
): Promise<readonly Emission<Outputs>[]> {
  const { mode, least, steps, temperature } = params;
  const { run, model } = played;
  const removeOutliers = params.outliers === 'remove';
  const options = { mode, length, least, removeOutliers, stats: run.stats };
  const window = windowOf(history.frames(heard.columns), options);
  if (window === undefined) return [];
  const frames = await predicted(model, window.frames, { steps, temperature, random });
  const scrubbed = frames.data.filter((x) => !Number.isFinite(x)).length;
  const finite = { ...frames, data: frames.data.map((x) => (Number.isFinite(x) ? x : 0)) };
  const said: Descriptors = { ...heard, ...inOwnUnits(finite, window.stats) };
  const parents = parentsWith(played, history.sources(PARENTS_MAX));
  const signal = columnsNamed(
    said,
    prime.names.filter((name) => heard.names.includes(name)),
  );
  return [{ port: 'composition', signal, parents }, ...note(scrubbed)];
}

function note(scrubbed: number): readonly Emission<Outputs>[] {
  if (scrubbed === 0) return [];
  return [{ port: 'notes', signal: { name: 'scrubbed', value: scrubbed } }];
}
