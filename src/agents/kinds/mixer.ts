import { z } from 'zod';
import type { Ancestor, Audio, Samples } from '../../core/index.js';
import { port, toSamples, withGain } from '../../core/index.js';
import { MixTimeline, type TimelineMemory, resample } from '../../audio/index.js';
import type { Context, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { UNKNOWN, knobOf, turned } from '../knob.js';
import { seconds } from '../params.js';

const params = z.object({
  gain: z.number().min(0).max(16).default(1).describe('linear gain'),
  every: seconds()
    .refine((every) => every > 0, 'expected more than 0')
    .optional()
    .describe(
      'join what overlaps into blocks this long; without it each sound passes on by itself',
    ),
  channels: z.number().int().min(1).max(64).default(1).describe('channels of a block'),
  fresh: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('share of power left to `fresh`, the rest to `audio`; both as they are without it'),
});

const KNOBS = { gain: knobOf(params.shape.gain), fresh: knobOf(params.shape.fresh) };

const inputs = {
  audio: port.audio('sounds to sum; each link into this port may have a gain of its own'),
  fresh: port.audio('sounds from outside a loop, weighed against `audio` by `fresh`'),
  control: port.control('`gain` and `fresh` are set from now on'),
};
const outputs = {
  audio: port.audio('each sound at its gain, or blocks of their sum'),
  notes: port.control('`unknown`: a control that sets nothing'),
};

interface State {
  /** What controls have set, in place of the params. */
  readonly turned: { readonly gain?: number; readonly fresh?: number };
  readonly timeline: MixTimeline;
  /** Who may still be sounding. */
  readonly sounding: readonly Sounding[];
}

type Saved = Omit<State, 'timeline'> & { readonly timeline: TimelineMemory };

interface Sounding extends Ancestor {
  readonly from: number;
  readonly until: number;
}

type Params = z.output<typeof params>;
type Done = Step<State, typeof outputs>;

/** Where sounds meet: sums them, or only sets their level. */
export const mixer = defineAgent({
  kind: 'mixer',
  summary: 'Sums what it hears: sound by sound as it comes, or as steady blocks of the whole.',
  params,
  inputs,
  outputs,

  ticks: ({ every }) =>
    every === undefined ? undefined : { everySeconds: every, offsetSeconds: every },

  start: ({ params, now }): State => ({
    turned: {},
    timeline: new MixTimeline(params.channels, now),
    sounding: [],
  }),

  save: ({ timeline, ...state }): Saved => ({ ...state, timeline: timeline.memory() }),

  restore({ timeline }, saved, { now, params, sampleRate }): State {
    const state = saved as Saved;
    timeline.recall(state.timeline);
    if (params.every !== undefined) skipMissed(timeline, now, toSamples(params.every, sampleRate));
    return { ...state, timeline };
  },

  async receive(state, message, context): Promise<Done> {
    switch (message.port) {
      case 'tick':
        return block(state, context);
      case 'control': {
        const set = turned(message.signal, KNOBS);
        if (set === undefined) return { state, emit: [{ port: 'notes', signal: UNKNOWN }] };
        return { state: { ...state, turned: { ...state.turned, ...set } }, emit: [] };
      }
      case 'audio':
      case 'fresh': {
        const { gain: level, fresh } = { ...context.params, ...state.turned };
        const share = shareOf(message.port, fresh);
        if (share === 0) return { state, emit: [] };
        const gain = level * share;
        if (context.params.every !== undefined) return collected(state, message, gain, context);
        return {
          state,
          emit: [{ port: 'audio', signal: withGain('audio', message.signal, gain) }],
        };
      }
    }
  },
});

/** The blocks that were due while it was gone are past; the next one is as long as any. */
function skipMissed(timeline: MixTimeline, now: Samples, every: Samples): void {
  const missed = Math.ceil((now - timeline.start) / every) - 1;
  if (missed > 0) timeline.take(timeline.start + missed * every);
}

/** Unlike sounds keep their power when these weigh them; what weighs nothing is left out. */
function shareOf(port: 'audio' | 'fresh', fresh: number | undefined): number {
  if (fresh === undefined) return 1;
  return Math.sqrt(port === 'fresh' ? fresh : 1 - fresh);
}

async function collected(
  state: State,
  message: Ancestor & { readonly signal: Audio },
  gain: number,
  { now, sampleRate }: Context<Params>,
): Promise<Done> {
  const { channels } = await resample(message.signal, sampleRate);
  state.timeline.add(now, channels, gain);
  const until = now + (channels[0]?.length ?? 0);
  const heard = { id: message.id, lap: message.lap, from: now, until };
  return { state: { ...state, sounding: [...state.sounding, heard] }, emit: [] };
}

/** What sounded since the last tick, as one block; nothing while all is silent. */
function block(state: State, { now, sampleRate, params }: Context<Params>): Done {
  const begun = now - toSamples(params.every ?? 0, sampleRate);
  const channels = state.timeline.take(now);
  const parents = state.sounding.filter(({ from, until }) => from < now && until > begun);
  const sounding = state.sounding.filter(({ until }) => until > now);
  const next = { ...state, sounding };
  if (parents.length === 0) return { state: next, emit: [] };
  return { state: next, emit: [{ port: 'audio', signal: { sampleRate, channels }, parents }] };
}
