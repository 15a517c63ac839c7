import { z } from 'zod';
import type { Audio, Random } from '../../core/index.js';
import { port, toSamples } from '../../core/index.js';
import { excerpt } from '../corpus/excerpt.js';
import { Library } from '../corpus/library.js';
import type { Emission, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { seconds } from '../params.js';

const params = z.object({
  folder: z.string().describe('folder of recordings (wav, flac, mp3, ogg, aiff), searched deeply'),
  every: seconds()
    .refine((every) => every > 0, 'expected more than 0')
    .default(6)
    .describe('time from one excerpt to the next'),
  seconds: seconds().default(3).describe('length of an excerpt'),
  vary: z.number().min(0).max(1).default(0.25).describe('how much lengths differ, as a share'),
  order: z
    .enum(['shuffle', 'sequence'])
    .default('shuffle')
    .describe('shuffle: any place of any file; sequence: on and on, file after file'),
  gain: z.number().min(0).max(16).default(1).describe('linear gain'),
  count: z.number().int().positive().optional().describe('how many excerpts at most'),
  skipUnreadable: z.boolean().default(false).describe('leave out files that are no sound'),
});

type Params = z.output<typeof params>;
type Outputs = { readonly audio: ReturnType<typeof port.audio> };

interface State {
  readonly library: Library;
  /** Where the next excerpt of a sequence begins. */
  readonly next: Place;
}

interface Place {
  readonly file: string;
  readonly sample: number;
}

/** The priming repertoire: excerpts of a folder of recordings, one after another. */
export const corpus = defineAgent({
  kind: 'corpus',
  summary: 'Plays excerpts of a folder of recordings, each citing the file and sample it is from.',
  params,
  paths: ['folder'],
  inputs: {},
  outputs: { audio: port.audio('one excerpt, mono, at the rate of the scenario') },

  ticks: ({ every, count }) => ({
    everySeconds: every,
    ...(count === undefined ? {} : { count }),
  }),

  async start({ params, resolve, sampleRate }): Promise<State> {
    const { skipUnreadable } = params;
    const library = await Library.open(resolve(params.folder), { sampleRate, skipUnreadable });
    return { library, next: { file: library.files[0]!, sample: 0 } };
  },

  save: ({ next }): Place => next,

  restore: ({ library }, next): State => ({ library, next: next as Place }),

  async receive(state, _tick, { params, random, sampleRate }): Promise<Step<State, Outputs>> {
    const place = params.order === 'shuffle' ? undefined : state.next;
    const file = place?.file ?? random.pick(state.library.files);
    const recording = (await state.library.read(file)).channels[0]!;
    const length = Math.min(recording.length, lengthOf(params, random, sampleRate));
    const sample = place?.sample ?? random.below(recording.length - length + 1);
    const end = Math.min(recording.length, sample + length);
    const cut = { sample, length: end - sample, sampleRate, gain: params.gain };
    const audio = excerpt(recording, cut);
    const next = placeAfter(state.library.files, file, end < recording.length ? end : 0);
    return { state: { ...state, next }, emit: [said(audio, { file, sample })] };
  },
});

function said(audio: Audio, origin: Place): Emission<Outputs> {
  return { port: 'audio', signal: audio, origins: [origin] };
}

function lengthOf({ seconds, vary }: Params, random: Random, sampleRate: number): number {
  const share = 1 + vary * (2 * random.next() - 1);
  return Math.max(1, toSamples(seconds * share, sampleRate));
}

function placeAfter(files: readonly string[], file: string, sample: number): Place {
  if (sample > 0) return { file, sample };
  return { file: files[(files.indexOf(file) + 1) % files.length]!, sample: 0 };
}
