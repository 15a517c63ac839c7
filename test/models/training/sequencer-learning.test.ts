import { describe, expect, it } from 'vitest';
import { seededRandom, type Tensors } from '../../../src/core/index.js';
import { parseConfig } from '../../../src/models/networks/config.js';
import { openModel } from '../../../src/models/runtime/model.js';
import {
  drawDisturbances,
  noDisturbances,
} from '../../../src/models/training/data/disturbances.js';
import { initialState, openStepper, weightsOf } from '../../../src/models/training/stepper.js';
import {
  type SequencerPart,
  sequencerStep,
} from '../../../src/models/training/steps/sequencer-step.js';
import type { StepDesign } from '../../../src/models/training/steps/training-step.js';
import { tracedEngine } from '../../../src/models/training/traced-engine.js';
import { goldenTensor } from '../golden-fill.js';

const [BATCH, FRAMES, SIZE, ROLLOUT] = [2, 10, 4, 4];
const HEARD = FRAMES - ROLLOUT;
const RAW = { descriptor_size: SIZE, hidden_size: 6, num_layers: 2, dim_pos_encoding: 4 };
const HEADS = { ...RAW, nhead: 2, dim_feedforward: 7, forecast_size: ROLLOUT };
const WINDOW = goldenTensor(60, [BATCH, FRAMES, SIZE]);
const DISTURBED = { dropout: 0.3, timestepDropout: 0.2, inputNoise: 0.5 };

function part(kind: SequencerPart['kind'], raw: Readonly<Record<string, unknown>>): SequencerPart {
  return { kind, config: parseConfig(kind, raw) } as SequencerPart;
}

const CONTINUING = [
  ['the LSTM', part('lstm', RAW)],
  ['the transformer', part('transformer-encoder-only', { ...HEADS, mode: 'corrected' })],
  ['the transformer that hears later frames', part('transformer-encoder-only', HEADS)],
] as const;

describe('a sequencer that learns on its own answers', () => {
  it.each(CONTINUING)('loses what a continuation by hand loses: %s', async (_, sequencer) => {
    const sizes = { batch: BATCH, frames: FRAMES };
    const design = sequencerStep(sequencer, sizes, { rollout: ROLLOUT });
    const { weights, losses } = await lossesOf(design, { window: WINDOW });
    const model = await openModel({ kind: sequencer.kind, config: sequencer.config, weights });
    const { forward } = await model.run({ window: rows(0, HEARD) });
    let [heard, next] = [rows(0, HEARD), ending(forward!.data)];
    const ownAnswers: Float32Array[] = [];
    for (let step = 0; step < ROLLOUT; step++) {
      ownAnswers.push(next);
      heard = joined(heard, next);
      next = ending((await model.run({ window: heard })).forward!.data);
    }
    await model.close();
    const first = squares(forward!.data, rows(1, HEARD + 1).data);
    const own = ownAnswers.map((said, i) => squares(said, rows(HEARD + i, HEARD + i + 1).data));
    const inWindow = first.filter((_error, i) => i % (HEARD * SIZE) < (HEARD - 1) * SIZE);
    expect(losses.continuation).toBeCloseTo(mean(own.flat()), 5);
    expect(losses.loss).toBeCloseTo(mean([...inWindow, ...own.flat()]), 5);
  });

  it('foretells one frame after its window as ever where nothing is said', async () => {
    for (const [, sequencer] of CONTINUING) {
      const sizes = { batch: BATCH, frames: FRAMES };
      const plain = await lossesOf(sequencerStep(sequencer, sizes), { window: WINDOW });
      const learning = { rollout: 1, dropout: 0, timestepDropout: 0, inputNoise: 0 };
      const off = await lossesOf(sequencerStep(sequencer, sizes, learning), { window: WINDOW });
      expect(off.losses).toEqual(plain.losses);
      expect(Object.keys(off.losses)).toEqual(['loss']);
    }
  });
});

describe('a sequencer that is disturbed while it learns', () => {
  const kinds = [
    ...CONTINUING,
    ['the whole transformer', part('transformer', HEADS)],
    ['the LSTM encoder-decoder', part('lstm-encoder-decoder', { ...RAW, forecast_size: ROLLOUT })],
  ] as const;

  it.each(kinds)('hears the same as ever where nothing is dropped: %s', async (_, sequencer) => {
    const sizes = { batch: BATCH, frames: FRAMES };
    const plain = sequencerStep(sequencer, sizes, { rollout: ROLLOUT });
    const design = sequencerStep(sequencer, sizes, { rollout: ROLLOUT, ...DISTURBED });
    const quiet = { window: WINDOW, ...noDisturbances(design.batch) };
    const { losses } = await lossesOf(design, quiet);
    const wanted = (await lossesOf(plain, { window: WINDOW })).losses;
    expect(losses.loss).toBeCloseTo(wanted.loss as number, 6);
    const drawn = drawDisturbances(design.batch, DISTURBED, seededRandom(1, 'drawn'));
    expect(Object.keys(drawn).toSorted()).toEqual(
      Object.keys(design.batch)
        .filter((name) => name !== 'window')
        .toSorted(),
    );
    const disturbed = (await lossesOf(design, { window: WINDOW, ...drawn })).losses;
    expect(disturbed.loss).not.toBeCloseTo(wanted.loss as number, 4);
  });

  it('hears every mask: each of them alone changes the loss', async () => {
    const sequencer = part('transformer-encoder-only', { ...HEADS, mode: 'corrected' });
    const learning = { rollout: ROLLOUT, ...DISTURBED };
    const design = sequencerStep(sequencer, { batch: BATCH, frames: FRAMES }, learning);
    const quiet: Tensors = { window: WINDOW, ...noDisturbances(design.batch) };
    const drawn = drawDisturbances(design.batch, DISTURBED, seededRandom(2, 'drawn'));
    // Two layers, each with attention weights and what attention, rectifier and layer say.
    expect(Object.keys(drawn)).toHaveLength(2 + 2 * 4);
    const stepper = await openStepper(tracedEngine, design);
    const state = initialState(design, 3);
    const plain = (await stepper.step(state, quiet, 0)).losses.loss as number;
    for (const [name, mask] of Object.entries(drawn)) {
      const { losses } = await stepper.step(state, { ...quiet, [name]: mask }, 0);
      expect(Math.abs((losses.loss as number) - plain), name).toBeGreaterThan(1e-6);
    }
    await stepper.close();
  });
});

describe('what disturbs a sequencer', () => {
  const shapes = { frames: [50, 400, 1], noise: [100, 200], 'drop.v1': [10, 2000], window: [3] };

  it('drops at its rates, makes up for it, and leaves what it is not asked for', () => {
    const drawn = drawDisturbances(shapes, DISTURBED, seededRandom(1, 'rates'));
    expect(Object.keys(drawn)).toEqual(['frames', 'noise', 'drop.v1']);
    const { frames, noise, 'drop.v1': drop } = drawn as Record<string, Tensors[string]>;
    for (const [{ data }, rate] of [
      [frames!, 0.2],
      [drop!, 0.3],
    ] as const) {
      expect(new Set(data)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
      expect(Math.abs(data.filter((value) => value === 0).length / 20_000 - rate)).toBeLessThan(
        0.015,
      );
    }
    const deviation = Math.sqrt(mean([...noise!.data].map((value) => value ** 2)));
    expect(Math.abs(deviation - 0.5)).toBeLessThan(0.01);
  });

  it('comes from its stream of chance alone', () => {
    const draw = (seed: number) => drawDisturbances(shapes, DISTURBED, seededRandom(seed, 'step'));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

async function lossesOf(design: StepDesign, batch: Tensors) {
  const stepper = await openStepper(tracedEngine, design);
  const state = initialState(design, 3);
  const { losses } = await stepper.step(state, batch, 0);
  await stepper.close();
  return { losses, weights: weightsOf(design, state, 'sequencer') };
}

function rows(from: number, to: number): Tensors[string] {
  const data = WINDOW.data.filter((_, i) => {
    const frame = Math.floor((i % (FRAMES * SIZE)) / SIZE);
    return frame >= from && frame < to;
  });
  return { shape: [BATCH, to - from, SIZE], data };
}

// The last frame of each of the batch, [B, d].
function ending(frames: Float32Array): Float32Array {
  const each = frames.length / BATCH;
  return frames.filter((_, i) => i % each >= each - SIZE);
}

function joined({ shape, data }: Tensors[string], last: Float32Array): Tensors[string] {
  const frames = (shape[1] as number) + 1;
  const parts = Array.from({ length: BATCH }, (_, b) => [
    ...data.subarray((b * data.length) / BATCH, ((b + 1) * data.length) / BATCH),
    ...last.subarray(b * SIZE, (b + 1) * SIZE),
  ]);
  return { shape: [BATCH, frames, SIZE], data: Float32Array.from(parts.flat()) };
}

function squares(a: Float32Array, b: Float32Array): number[] {
  return Array.from(a, (value, i) => (value - (b[i] as number)) ** 2);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
