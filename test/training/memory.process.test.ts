import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { seededRandom, sizeOf, tensor } from '../../src/core/index.js';
import type { Tensors } from '../../src/core/index.js';
import { loadTraining, parseConfig } from '../../src/models/index.js';
import type { MelGanConfig, SequencerConfig, Training } from '../../src/models/index.js';

type StepDesign = ReturnType<Training['sequencerStep']>;

const DESIGNS: readonly (readonly [string, (training: Training) => StepDesign])[] = [
  [
    'an LSTM',
    ({ sequencerStep }) => {
      const raw = { descriptor_size: 8, hidden_size: 32, num_layers: 1 };
      const config = parseConfig('lstm', raw) as SequencerConfig;
      return sequencerStep({ kind: 'lstm', config }, { batch: 4, frames: 9 });
    },
  ],
  [
    'a vocoder',
    ({ melGanWarmStep }) => {
      const raw = { n_mel_channels: 16, ngf: 4, n_residual_layers: 1, ratios: [4, 4] };
      const config = parseConfig('mel-gan', raw) as MelGanConfig;
      const resolutions = [{ size: 64, hop: 16 }];
      return melGanWarmStep({ kind: 'mel-gan', config }, { batch: 4, frames: 32 }, { resolutions });
    },
  ],
];

// Everything a step makes is garbage after it. A state is 50 kB or more, so that one leaked in
// twenty steps shows. The resident set also holds what the allocator keeps for later.
const HEAP_MB = 1;
const RESIDENT_MB = 24;

describe('a thousand training steps', () => {
  it.each(DESIGNS)('of %s leave no more behind than two hundred did', async (_, designOf) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const training = await loadTraining();
    const design = designOf(training);
    const batch = randomBatch(design);
    const stepper = await training.openStepper(training.tracedEngine, design);
    let state = training.initialState(design, 1);
    const held: { readonly heap: number; readonly resident: number }[] = [];
    for (let step = 1; step <= 1000; step++) {
      ({ state } = await stepper.step(state, batch, 1e-3));
      if (step % 200 !== 0) continue;
      // Buffers are freed by finalizers, which run after the collection that found them dead.
      collect();
      await new Promise(setImmediate);
      collect();
      const { heapUsed, external, rss } = process.memoryUsage();
      held.push({ heap: heapUsed + external, resident: rss });
    }
    await stepper.close();
    const [first, last] = [held[0]!, held.at(-1)!];
    expect(last.heap - first.heap).toBeLessThan(HEAP_MB * 1e6);
    expect(last.resident - first.resident).toBeLessThan(RESIDENT_MB * 1e6);
  });
});

function randomBatch({ batch }: StepDesign): Tensors {
  const random = seededRandom(1, 'batch');
  const entries = Object.entries(batch).map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => 0.1 * random.normal());
    return [name, tensor(shape, data)];
  });
  return Object.fromEntries(entries);
}
