import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom, sizeOf, tensor } from '../../src/core/index.js';
import type { Tensors } from '../../src/core/index.js';
import { loadRun, loadTraining, type NetworkKind, parseConfig } from '../../src/models/index.js';
import { describe as describeNetwork } from '../../src/models/networks/describe.js';
import { heldVectors, layoutsOf } from '../../src/models/training/flat-parameters.js';
import { applyNetwork } from '../../src/models/training/layers/apply-network.js';
import type { tf } from '../../src/models/training/tensorflow.js';
import { type Family, settingsOf } from '../../src/training/index.js';
import { planFor } from '../../src/training/plans/plan-for.js';
import type { RunRole, StepDesign, TrainingState } from '../../src/training/plans/plan.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';
import { trainedIn } from './small-training.js';

type Symbol = InstanceType<typeof tf.Tensor>;

/** A network that some training stores, and what it is asked. */
interface Trial {
  readonly family: Family;
  readonly kind: NetworkKind;
  readonly role: RunRole;
  readonly hears: Readonly<Record<string, readonly number[]>>;
  /** How many steps a sequencer looks ahead. */
  readonly ahead?: number;
  readonly changes?: Readonly<Record<string, unknown>>;
}

const state = [2, 2, 8];
const voice = { role: 'vocoder', hears: { mel: [2, 80, 9] } } as const;
const strings = { family: 'sequencer', role: 'sequencer', hears: { window: [2, 9, 39] } } as const;
const adversary = { adversary: true, warm_steps: 2 };
const hierarchy = { z: [2, 20, 4], h0: state, h1: state, h2: state };

const TRIALS: readonly (readonly [name: string, trial: Trial])[] = [
  ['una-gan', { family: 'una-gan', kind: 'una-gan', role: 'generator', hears: hierarchy }],
  [
    'the encoder of una-gan',
    { family: 'una-gan', kind: 'una-gan', role: 'encoder', hears: { mel: [2, 80, 16] } },
  ],
  [
    'una-gan-flat',
    {
      family: 'una-gan',
      kind: 'una-gan-flat',
      role: 'generator',
      hears: { z: [2, 20, 12], h0: state, h1: state },
    },
  ],
  ['mel-gan', { family: 'mel-gan', kind: 'mel-gan', ...voice }],
  ['mel-gan-gru', { family: 'mel-gan', kind: 'mel-gan-gru', ...voice }],
  [
    'mel-gan after its adversary',
    { family: 'mel-gan', kind: 'mel-gan', ...voice, changes: adversary },
  ],
  ['hifi-gan', { family: 'hifi-gan', kind: 'hifi-gan', ...voice }],
  ['lstm', { ...strings, kind: 'lstm' }],
  ['lstm-encoder-decoder', { ...strings, kind: 'lstm-encoder-decoder', ahead: 4 }],
  ['transformer-encoder-only', { ...strings, kind: 'transformer-encoder-only' }],
  ['transformer', { ...strings, kind: 'transformer', ahead: 4 }],
];

describe('a run that a training stored', () => {
  it.each(TRIALS)('infers as its checkpoint does: %s', async (_, trial) => {
    const folder = trainingFolder();
    const { family, kind } = trial;
    const changes = { ...trial.changes, steps: 6 };
    const { id, folder: place } = await trainedIn(folder, writeCorpus(folder), {
      family,
      kind,
      changes,
    });
    const { design, state: learned } = await checkpointOf(trial, join(place, 'training'), changes);
    const feeds = randomFeeds(trial);
    const run = await loadRun(id, { registry: join(folder, 'runs') });
    const model = await run.open(trial.role);
    const said = await model.run(feeds, trial.ahead === undefined ? {} : { steps: trial.ahead });
    await model.close();
    const outputs = Object.entries(await forward(trial, design, learned, feeds));
    expect(outputs.length).toBeGreaterThan(0);
    for (const [name, { shape, data }] of outputs) {
      // An LSTM's state is handed on inside the inference model.
      if (name.startsWith('next_')) continue;
      expect(said[name]?.shape, name).toEqual(shape);
      expect(
        data.some((value) => Math.abs(value) > 1e-3),
        name,
      ).toBe(true);
      expect(difference(said[name]!.data, data), name).toBeLessThan(1e-5);
    }
  });
});

/** The state that a training left, and the design of the step that left it. */
async function checkpointOf({ family, kind }: Trial, folder: string, changes: Trial['changes']) {
  const training = await loadTraining();
  const plan = planFor(training, kind, settingsOf(family, 'tiny', changes));
  const { design } = plan.phases.at(-1)!;
  const file = join(folder, 'checkpoint.safetensors');
  return { design, ...(await training.loadCheckpoint(file, design)) };
}

/** What the network under training answers: its step's own operations on the flat vectors. */
async function forward(
  { role, ahead = 1 }: Trial,
  design: StepDesign,
  { tensors }: TrainingState,
  feeds: Tensors,
): Promise<Tensors> {
  const inDesign = role === 'vocoder' ? 'generator' : role;
  const { kind, config: raw } = design.networks[inDesign]!;
  const config = parseConfig(kind, raw as never);
  const layouts = layoutsOf(kind, config);
  // Only what gathers statistics while it learns hears otherwise then.
  const learning = layouts.buffers.specs.length === 0;
  const [parameters, buffers] = ['parameters', 'buffers'].map(
    (part) => tensors[`${inDesign}.${part}`]!,
  ) as [Tensors[string], Tensors[string]];
  const inputs: Tensors = { ...feeds, parameters, buffers };
  const shapes = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, shape]),
  );
  const { tracedEngine } = await loadTraining();
  const compiled = await tracedEngine.compile(shapes, ({ parameters: p, buffers: b, ...heard }) => {
    const held = heldVectors(layouts, p as Symbol, b as Symbol, learning);
    return applyNetwork(describeNetwork(kind, config), held, { tensors: heard, steps: ahead });
  });
  const results = await compiled.run(inputs);
  await compiled.close();
  return results;
}

function randomFeeds({ hears }: Trial): Tensors {
  const random = seededRandom(7, 'heard');
  const entries = Object.entries(hears).map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
    return [name, tensor(shape, data)];
  });
  return Object.fromEntries(entries);
}

function difference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
