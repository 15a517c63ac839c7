import { z } from 'zod';
import type { Ancestor, Noise } from '../../core/index.js';
import { UserError, port } from '../../core/index.js';
import { binsOf } from '../../models/index.js';
import type { RunRecord } from '../../models/index.js';
import { openCast } from '../cast/cast-model.js';
import {
  type Generator,
  columnsOf,
  dreamtMel,
  freshNoise,
  generatorOf,
} from '../generating/dream.js';
import { type Ear, type Hearable, mixedNoise, noiseOf } from '../generating/heard-noise.js';
import type { Context, Emission, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { role, seconds } from '../params.js';
import { scrubMel } from '../vocoding/mel-heard.js';

const params = z.object({
  model: role('the role of a una-GAN run'),
  seconds: seconds()
    .refine((length) => length > 0 && length <= 120, 'expected up to 2min')
    .default(4)
    .describe('length of each mel, rounded up to a column of noise'),
  every: seconds()
    .refine((every) => every > 0, 'expected more than 0')
    .default(4)
    .describe('time from one mel to the next'),
  feedback: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('α: how much of its noise comes from what it hears'),
  temperature: z.number().min(0).max(10).default(1).describe('scale of the fresh noise'),
});

const inputs = {
  noise: port.noise('noise of others, mixed in as it is'),
  mel: port.mel('a log10 mel, mixed in through the cycle encoder'),
  audio: port.audio('a sound, mixed in through its mel and the cycle encoder'),
};

const outputs = {
  mel: port.mel('what was dreamt, as a log10 mel-spectrogram'),
  noise: port.noise('what it was dreamt from'),
  notes: port.control('`scrubbed`: values mended; `unheard`: a message with nothing to encode'),
};

type Params = z.output<typeof params>;
type Outputs = typeof outputs;

interface State {
  readonly generator: Generator;
  readonly ear: Ear | undefined;
  /** The latest it heard, encoded when it is first needed. */
  readonly heard?: Hearable & Ancestor;
  readonly encoded?: Noise;
}

type Saved = Omit<State, 'generator' | 'ear'>;

/** una-GAN: turns noise into mel-spectrograms, and what it hears into noise. */
export const generator = defineAgent({
  kind: 'generator',
  summary: 'Dreams mel-spectrograms from noise, and from what it hears through the cycle encoder.',
  isolation: 'process',
  roles: { model: { families: ['una-gan'] } },
  params,
  inputs,
  outputs,

  ticks: ({ every }) => ({ everySeconds: every }),

  async start(context): Promise<State> {
    const { run, model } = await openCast(context, 'model', 'generator');
    const { feedback } = context.params;
    const ear = feedback > 0 ? await openEar(run, context.self) : undefined;
    return { generator: generatorOf(run, model), ear };
  },

  save(state): Saved {
    const { generator: _, ear: __, ...saved } = state;
    return saved;
  },

  restore: ({ generator, ear }, saved): State => ({ ...(saved as Saved), generator, ear }),

  async receive(state, message, context): Promise<Step<State, Outputs>> {
    if (message.port === 'tick') return dream(state, context);
    if (context.params.feedback === 0) return { state, emit: [] };
    const { generator, ear } = state;
    return { state: { generator, ear, heard: message }, emit: [] };
  },

  async stop({ generator, ear }): Promise<void> {
    await generator.model.close();
    await ear?.encoder.close();
  },
});

async function openEar(run: RunRecord, self: string): Promise<Ear> {
  if (run.networks.encoder === undefined) {
    throw new UserError({
      what: `run ${run.id} has no cycle encoder, so it cannot hear`,
      where: self,
      allowed: 'a run with an encoder (params.Encoder) when `feedback` is above 0',
      hint: 'set `feedback: 0`, or cast another run',
    });
  }
  const encoder = await run.open('encoder');
  return { encoder, stats: run.stats, bins: binsOf(run), sampleRate: run.sampleRate };
}

async function dream(state: State, context: Context<Params>): Promise<Step<State, Outputs>> {
  const { params, random } = context;
  const { generator } = state;
  const columns = columnsOf(generator, params.seconds);
  const fresh = freshNoise(generator.zDim, columns, random, params.temperature);
  const listening = await encodeHeard(state, columns);
  const { heard, encoded } = listening.state;
  const noise = encoded === undefined ? fresh : mixedNoise(fresh, encoded, params.feedback);
  const { mel, scrubbed } = scrubMel(await dreamtMel(generator, noise, random));
  const cites =
    heard === undefined || encoded === undefined ? [] : [{ id: heard.id, lap: heard.lap }];
  return {
    state: listening.state,
    emit: [
      { port: 'mel', signal: mel, parents: cites },
      { port: 'noise', signal: noise, parents: cites },
      ...listening.notes,
      ...note('scrubbed', scrubbed),
    ],
  };
}

async function encodeHeard(
  state: State,
  columns: number,
): Promise<{ readonly state: State; readonly notes: readonly Emission<Outputs>[] }> {
  const { heard, generator, ear } = state;
  if (heard === undefined || state.encoded !== undefined) return { state, notes: [] };
  const { zDim, framesPerColumn } = generator;
  const found = await noiseOf(heard, ear, { zDim, framesMax: columns * framesPerColumn });
  if (found === undefined) return { state: { generator, ear }, notes: note('unheard', 1) };
  return { state: { ...state, encoded: found.noise }, notes: note('scrubbed', found.scrubbed) };
}

function note(name: string, value: number): readonly Emission<Outputs>[] {
  return value === 0 ? [] : [{ port: 'notes', signal: { name, value } }];
}
