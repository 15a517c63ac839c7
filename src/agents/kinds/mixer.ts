import { z } from 'zod';
import type { Ancestor, Audio } from '../../core/index.js';
import { port, toSamples, withGain } from '../../core/index.js';
import { MixTimeline, type TimelineMemory, resample } from '../../audio/index.js';
import type { Context, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
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
});

const inputs = {
  audio: port.audio('sounds to sum; each link into this port may have a gain of its own'),
  control: port.control('`gain` sets the gain from now on'),
};
const outputs = { audio: port.audio('each sound at its gain, or blocks of their sum') };

interface State {
  readonly gain: number;
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
    gain: params.gain,
    timeline: new MixTimeline(params.channels, now),
    sounding: [],
  }),

  save: ({ timeline, ...state }): Saved => ({ ...state, timeline: timeline.memory() }),

  restore(fresh, saved): State {
    const { timeline, ...state } = saved as Saved;
    fresh.timeline.recall(timeline);
    return { ...state, timeline: fresh.timeline };
  },

  async receive(state, message, context): Promise<Done> {
    switch (message.port) {
      case 'tick':
        return block(state, context);
      case 'control': {
        const { name, value } = message.signal;
        const isGain = name === 'gain' && Number.isFinite(value);
        return { state: isGain ? { ...state, gain: value } : state, emit: [] };
      }
      case 'audio':
        if (context.params.every !== undefined) return collected(state, message, context);
        return {
          state,
          emit: [{ port: 'audio', signal: withGain('audio', message.signal, state.gain) }],
        };
    }
  },
});

async function collected(
  state: State,
  message: Ancestor & { readonly signal: Audio },
  { now, sampleRate }: Context<Params>,
): Promise<Done> {
  const { channels } = await resample(message.signal, sampleRate);
  state.timeline.add(now, channels, state.gain);
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
