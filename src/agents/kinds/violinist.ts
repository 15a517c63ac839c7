import { z } from 'zod';
import type { Ancestor, Audio, Descriptors, Samples } from '../../core/index.js';
import { port, toSamples } from '../../core/index.js';
import { playPhrase } from '../../audio/index.js';
import { excerpt } from '../corpus/excerpt.js';
import { Library } from '../corpus/library.js';
import type { Context, Emission, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { seconds } from '../params.js';
import { type Colour, PLAIN, colourOf } from '../violin/colour.js';
import { type Memory, endOf, notesOf, remember } from '../violin/memory.js';
import { replyTo } from '../violin/reply.js';
import { drawTemper, temperParam } from '../violin/temper.js';

const params = z.object({
  temper: temperParam,
  phrase: seconds()
    .refine((phrase) => phrase > 0, 'expected more than 0')
    .default(6)
    .describe('how long one of her phrases may be'),
  wait: seconds().default(0.3).describe('how long she waits after what she heard has ended'),
  loudnessDb: z.number().min(-60).max(-6).default(-18).describe('how loud she plays, in dBFS'),
  memory: seconds().default(8).describe('how much of what she heard since she played she keeps'),
  overlap: z.boolean().default(false).describe('whether she may begin before she has ended'),
  recording: z
    .string()
    .optional()
    .describe('a recording, or a folder of them, played in her place'),
});

const inputs = {
  heard: port.audio('what she listens to and replies to'),
  descriptors: port.descriptors('what colours her playing: brightness and restlessness'),
};
const outputs = { audio: port.audio('one phrase, mono, after what she heard has ended') };

interface State {
  readonly memory: Memory;
  readonly colour: (Ancestor & { readonly of: Colour }) | undefined;
  /** When her last phrase, or her rest, is over. */
  readonly busyUntil: Samples;
  readonly library: Library | undefined;
}

type Saved = Omit<State, 'library'>;
type Params = z.output<typeof params>;
type Done = Step<State, typeof outputs>;

const REST_SECONDS = 4;

/** The performer's proxy: she listens, decides, and plays a bowed string. */
export const violinist = defineAgent({
  kind: 'violinist',
  summary: 'Listens, then imitates, answers, contrasts, ornaments or rests, on a bowed string.',
  params,
  paths: ['recording'],
  inputs,
  outputs,

  async start({ params, resolve, sampleRate }): Promise<State> {
    const { recording } = params;
    const options = { sampleRate, skipUnreadable: false };
    const opened = recording === undefined ? [] : [await Library.open(resolve(recording), options)];
    return { memory: [], colour: undefined, busyUntil: 0, library: opened[0] };
  },

  save(state): Saved {
    const { library: _, ...saved } = state;
    return saved;
  },

  restore: ({ library }, saved): State => ({ ...(saved as Saved), library }),

  async receive(state, message, context): Promise<Done> {
    switch (message.port) {
      case 'tick':
        return { state, emit: [] };
      case 'descriptors':
        return { state: coloured(state, message), emit: [] };
      case 'heard':
        return reply({ ...state, memory: remembered(state, message, context) }, context);
    }
  },
});

function coloured(state: State, message: Ancestor & { readonly signal: Descriptors }): State {
  const of = colourOf(message.signal);
  return of === undefined ? state : { ...state, colour: { id: message.id, lap: message.lap, of } };
}

function remembered(
  { memory }: State,
  message: Ancestor & { readonly signal: Audio },
  { now, sampleRate, params }: Context<Params>,
): Memory {
  return remember(memory, message, { now, sampleRate, memorySeconds: params.memory });
}

/** She speaks when she is free and there was something to hear; otherwise she keeps it in mind. */
async function reply(state: State, context: Context<Params>): Promise<Done> {
  const { params, now, random, sampleRate } = context;
  const begins = Math.max(now, endOf(state.memory)) + toSamples(params.wait, sampleRate);
  const free = params.overlap || begins >= state.busyUntil;
  if (!free || notesOf(state.memory, sampleRate).length === 0) return { state, emit: [] };
  const temper = drawTemper(params.temper, random);
  if (temper === 'rest') return { state: resting(state, begins, context), emit: [] };
  const played = await (state.library === undefined
    ? phrase(state, temper, context)
    : recorded(state.library, context));
  const busyUntil = Math.max(state.busyUntil, begins + (played.signal.channels[0]?.length ?? 0));
  const emission = {
    port: 'audio',
    ...played,
    parents: parentsOf(state),
    after: begins - now,
  } as const;
  return { state: { ...state, memory: [], busyUntil }, emit: [emission] };
}

/**
 * A rest is half to one and a half times four seconds. What she hears meanwhile she keeps in mind.
 */
function resting(state: State, begins: Samples, { random, sampleRate }: Context<Params>): State {
  const seconds = REST_SECONDS * (0.5 + random.next());
  return { ...state, busyUntil: begins + toSamples(seconds, sampleRate) };
}

type Played = Pick<Emission<typeof outputs>, 'signal' | 'origins'>;

function phrase(
  state: State,
  temper: Parameters<typeof replyTo>[0],
  { params, random, sampleRate }: Context<Params>,
): Played {
  const notes = replyTo(temper, {
    heard: notesOf(state.memory, sampleRate),
    colour: state.colour?.of ?? PLAIN,
    loudnessDb: params.loudnessDb,
    secondsMax: params.phrase,
    random: random.split('decision'),
  });
  const samples = playPhrase(notes, { sampleRate, random: random.split('hands') });
  return { signal: { sampleRate, channels: [samples] } };
}

async function recorded(
  library: Library,
  { params, random, sampleRate }: Context<Params>,
): Promise<Played> {
  const file = random.pick(library.files);
  const samples = (await library.read(file)).channels[0]!;
  const length = Math.min(samples.length, toSamples(params.phrase, sampleRate));
  const sample = random.below(samples.length - length + 1);
  const signal = excerpt(samples, { sample, length, sampleRate });
  return { signal, origins: [{ file, sample }] };
}

function parentsOf({ memory, colour }: State): readonly Ancestor[] {
  const heard = memory.map(({ id, lap }) => ({ id, lap }));
  return colour === undefined ? heard : [...heard, { id: colour.id, lap: colour.lap }];
}
