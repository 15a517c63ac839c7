import { z } from 'zod';
import type { Ancestor, Audio } from '../../core/index.js';
import { port, toSamples } from '../../core/index.js';
import type { Emission, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { knobOf, turned } from '../knob.js';
import { seconds } from '../params.js';
import { answer } from '../sampling/answer.js';
import type { Answer, AnswerOptions } from '../sampling/answer.js';
import { type SamplerMemory, memoryOf, recallMemory } from '../sampling/sampler-memory.js';
import { SamplerState } from '../sampling/sampler-state.js';
import type { HeardSound } from '../sampling/sampler-state.js';
import { tamed } from '../vocoding/tamed.js';

const params = z.object({
  mode: z
    .enum(['corrected', 'faithful'])
    .default('corrected')
    .describe('corrected: strings of frames, joined in time; faithful: as the original did'),
  hop: z.number().int().min(64).max(16_384).default(1024).describe('samples between frames'),
  unit: z.number().int().min(1).max(64).default(4).describe('frames of a unit'),
  candidates: z.number().int().min(1).max(256).default(16).describe('choices of each step'),
  joining: z.number().min(0).max(100).default(0.3).describe('weight of smooth joins'),
  taboo: z.number().int().min(0).max(1024).default(32).describe('matches until a unit may recur'),
  crossfade: seconds().default(0.022).describe('overlap of two units'),
  memory: seconds()
    .refine((memory) => memory > 0 && memory <= 7200, 'expected up to 2h')
    .default(600)
    .describe('how much sound is remembered; the longest unheard is forgotten first'),
  keep: z.array(z.string()).default([]).describe('agents whose sound is forgotten last'),
  describe: z
    .enum(['self', 'heard'])
    .default('self')
    .describe('self: MFCC-39; heard: what arrives at `descriptors`, in the order of the sounds'),
  longest: seconds().default(120).describe('brim of one composition played'),
  index: z.enum(['auto', 'exact', 'faiss']).default('auto').describe('how units are searched'),
  debrisAfter: seconds().default(60).describe('unmatched for so long, a sound is debris'),
  debrisEvery: seconds().default(20).describe('least time between two pieces of debris'),
});

const KNOBS = { taboo: knobOf(params.shape.taboo) };

const inputs = {
  query: port.descriptors('a composition: what to find sounds for'),
  corpus: port.audio('sound to remember and play from'),
  descriptors: port.descriptors('descriptors of the corpus, with `describe: heard`'),
  control: port.control('`taboo` is set from now on'),
};

const outputs = {
  audio: port.audio('the units found, joined'),
  matches: port.matches('what was chosen, and how far it is from what was asked'),
  debris: port.audio('sound that was remembered and never matched'),
  notes: port.control(
    '`scrubbed` values, `unfit` descriptors, frames `cut`, matches `skipped`, `gain`; ' +
      '`unknown`: a control that sets nothing',
  ),
};

type Params = z.output<typeof params>;
type Outputs = typeof outputs;
type Said = Emission<Outputs>;

/** An emission cites the query and so many of the envelopes that sound. */
const PARENTS_MAX = 15;

/** Finds remembered sounds that resemble a string of descriptors, and joins them into a stream. */
export const sampler = defineAgent({
  kind: 'sampler',
  summary: 'Plays a composition with what it remembers: nearest units, on the smoothest path.',
  // It holds a native index and much memory, and searching takes time.
  isolation: 'process',
  params,
  inputs,
  outputs,

  start: ({ self, params, sampleRate }): SamplerState =>
    new SamplerState(params, { sampleRate, onNote: (why) => process.emitWarning(why, self) }),

  save: (state): SamplerMemory => memoryOf(state),

  restore(fresh, saved): SamplerState {
    recallMemory(fresh, saved as SamplerMemory);
    return fresh;
  },

  async receive(state, message, { params, now, sampleRate }): Promise<Step<SamplerState, Outputs>> {
    switch (message.port) {
      case 'corpus': {
        const describe = params.describe === 'self';
        const heard = await state.hear(message, message.signal, now, describe);
        return { state, emit: afterHearing(state, heard, now, sampleRate) };
      }
      case 'descriptors': {
        const heard = state.hearDescriptors(message.signal, now);
        return { state, emit: afterHearing(state, heard, now, sampleRate) };
      }
      case 'query': {
        const options = answering(params, sampleRate);
        const found = await answer(message.signal, state.database, state.taboo, options);
        return { state, emit: afterAnswer(found, message, state, sampleRate) };
      }
      case 'control': {
        const set = turned(message.signal, KNOBS);
        if (set?.taboo === undefined) return { state, emit: note('unknown', 1) };
        state.turnTaboo(set.taboo);
        return { state, emit: [] };
      }
      case 'tick':
        return { state, emit: [] };
    }
  },
});

function answering(params: Params, sampleRate: number): AnswerOptions {
  const crossfadeSamples = toSamples(params.crossfade, sampleRate);
  const samplesMax = toSamples(params.longest, sampleRate);
  return { ...params, crossfadeSamples, samplesMax, sampleRate };
}

function afterHearing(
  state: SamplerState,
  { forgotten, scrubbed, unfit = 0 }: HeardSound,
  now: number,
  sampleRate: number,
): readonly Said[] {
  const notes = [...note('scrubbed', scrubbed), ...note('unfit', unfit)];
  const debris = state.debris.next(forgotten, state.database.segments, now);
  if (debris === undefined) return notes;
  const signal = mono(debris.samples, sampleRate);
  return [...notes, { port: 'debris', signal, parents: [cited(debris)] }];
}

function afterAnswer(
  { samples, list, segments, scrubbed, cut, skipped }: Answer,
  from: Ancestor,
  { debris }: SamplerState,
  sampleRate: number,
): readonly Said[] {
  for (const segment of segments) debris.used(segment);
  const parents = [from, ...segments.slice(0, PARENTS_MAX)].map(cited);
  const notes = [...note('scrubbed', scrubbed), ...note('cut', cut), ...note('skipped', skipped)];
  const matches: Said = { port: 'matches', signal: { list }, parents };
  if (samples.length === 0) return [matches, ...notes];
  // A crossfade of like sounds may be louder than either.
  const { audio, gain } = tamed(mono(samples, sampleRate));
  const quieter = gain === 1 ? [] : note('gain', gain);
  return [{ port: 'audio', signal: audio, parents }, matches, ...notes, ...quieter];
}

function note(name: string, value: number): readonly Said[] {
  return value === 0 ? [] : [{ port: 'notes', signal: { name, value } }];
}

function cited({ id, lap }: Ancestor): Ancestor {
  return { id, lap };
}

function mono(samples: Float32Array, sampleRate: number): Audio {
  return { sampleRate, channels: [samples] };
}
