import { z } from 'zod';
import { port } from '../../core/index.js';
import type { RunRecord } from '../../models/index.js';
import { Learner } from '../apprentice/learner.js';
import type { Lesson } from '../apprentice/lesson.js';
import { soundLesson } from '../apprentice/sound-lesson.js';
import { stringLesson } from '../apprentice/string-lesson.js';
import { type Versions, nextVersion } from '../apprentice/versions.js';
import { castRecord } from '../cast/cast-model.js';
import { offerSignal } from '../cast/offer.js';
import { madeBy } from '../cast/take-over.js';
import type { Context, Emission, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { role, seconds } from '../params.js';

const params = z.object({
  model: role('the role of the sequencer or mel-GAN run it goes on from'),
  every: seconds()
    .refine((every) => every > 0, 'expected more than 0')
    .default(10)
    .describe('time from one lesson to the next'),
  steps: z.number().int().min(1).max(10_000).default(20).describe('training steps of a lesson'),
  batch: z.number().int().min(1).max(64).default(8).describe('examples in a training step'),
  rate: z.number().positive().max(1).default(1e-3).describe("Adam's learning rate"),
  memory: seconds()
    .refine((length) => length > 0 && length <= 3600, 'expected up to 1h')
    .default(60)
    .describe('how much of what it heard it remembers'),
  keep: z.number().int().min(2).max(1000).default(16).describe('versions kept on disk'),
});

const outputs = {
  model: port.control('a new version: `model:<run id>:<SHA-256>`, its value the generation'),
  notes: port.control(
    '`loss`: of the last step of a lesson; `diverged`: a lesson that was thrown away; ' +
      '`scrubbed`: values that were no numbers; `unheard`: a message with nothing to learn from',
  ),
};

type Params = z.output<typeof params>;
type Outputs = typeof outputs;

interface State {
  readonly base: RunRecord;
  readonly lesson: Lesson;
  /** Opened for the first lesson. */
  readonly learner?: Learner;
  readonly versions: Versions;
  /** Whether anything was heard since the last lesson. */
  readonly curious: boolean;
}

/** An offer cites so many of the messages it was learned from. */
const PARENTS_MAX = 16;

/** Goes on training a model on what it hears, and offers each new version to whoever plays it. */
export const apprentice = defineAgent({
  kind: 'apprentice',
  summary: 'Trains a sequencer or vocoder on what it hears and offers each new version.',
  isolation: 'process',
  unkept: 'what it has learnt lies in files that grow: replay the run from its beginning',
  roles: { model: { families: ['sequencer', 'mel-gan'] } },
  params,
  inputs: {
    descriptors: port.descriptors('what a sequencer learns to continue'),
    audio: port.audio('what a vocoder learns to sound like'),
  },
  outputs,

  ticks: ({ every }) => ({ everySeconds: every, offsetSeconds: every }),

  async start(context): Promise<State> {
    const base = await castRecord(context.run('model'));
    const { memory: memorySeconds, batch } = context.params;
    const lessonFor = base.role === 'sequencer' ? stringLesson : soundLesson;
    const lesson = lessonFor(base, { memorySeconds, batch });
    const latest = { run: base.id, hash: base.hash };
    return { base, lesson, versions: { generation: 0, latest, kept: [] }, curious: false };
  },

  async receive(state, message, context): Promise<Step<State, Outputs>> {
    if (message.port === 'tick') {
      return state.curious && state.lesson.ready ? taught(state, context) : { state, emit: [] };
    }
    const { lesson } = state;
    const { id, lap } = message;
    const known = message.port === lesson.port;
    const scrubbed = known ? await lesson.hear({ id, lap }, message.signal) : undefined;
    if (scrubbed === undefined) return { state, emit: [note('unheard', 1)] };
    const emit = scrubbed > 0 ? [note('scrubbed', scrubbed)] : [];
    return { state: { ...state, curious: true }, emit };
  },

  stop: async ({ learner }) => learner?.close(),
});

async function taught(state: State, context: Context<Params>): Promise<Step<State, Outputs>> {
  const { base, lesson, versions } = state;
  const { params, random, self, outputFolder } = context;
  const { steps, batch, rate, keep } = params;
  const learner = state.learner ?? (await Learner.open(base, lesson));
  const learned = await learner.learn(lesson, { steps, rate }, random);
  const parents = lesson.sources(PARENTS_MAX);
  // The weights it went on from are what an offer was made with; the new ones it names itself.
  const from = { models: [versions.latest] };
  const after = { ...state, learner, curious: false };
  if (learned === undefined) {
    const emit = [{ ...note('diverged', versions.generation + 1), parents }];
    return { state: after, emit: madeBy(from, emit) };
  }
  const settings = { steps, batch, rate, engine: 'traced', threads: 1 };
  const made = { base, lesson, learner, learned, by: self, settings };
  const next = await nextVersion(versions, made, { outputFolder, keep });
  const offer = offerSignal({ ...next.latest, generation: next.generation });
  const emit: Emission<Outputs>[] = [
    { port: 'model', signal: offer, parents },
    { ...note('loss', learned.loss), parents },
  ];
  return { state: { ...after, versions: next }, emit: madeBy(from, emit) };
}

function note(name: string, value: number): Emission<Outputs> {
  return { port: 'notes', signal: { name, value } };
}
