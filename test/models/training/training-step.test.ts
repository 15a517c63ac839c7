import { describe, expect, it } from 'vitest';
import type { Tensors } from '../../../src/core/index.js';
import { cpuEngine } from '../../../src/models/training/eager-engine.js';
import { initialState, openStepper } from '../../../src/models/training/stepper.js';
import type { TrainingState } from '../../../src/models/training/stepper.js';
import type { StepDesign } from '../../../src/models/training/steps/training-step.js';
import { tracedEngine } from '../../../src/models/training/traced-engine.js';
import { randomBatch, SMALL_DESIGNS } from './small-designs.js';

// What must fall where the adversary moves the loss.
const WATCHED: Readonly<Record<string, string>> = {
  'mel-GAN against discriminators': 'discriminator',
  'mel-GAN against both': 'melDb',
};

describe('a training step', () => {
  it.each(SMALL_DESIGNS)(
    'of %s is the same recorded as computed by TensorFlow.js',
    async (_, design) => {
      const [start, batch] = [initialState(design, 3), randomBatch(design)];
      const found = await trained(design, start, batch, 1, tracedEngine);
      const oracle = await trained(design, start, batch, 1, cpuEngine);
      for (const [name, loss] of Object.entries(oracle.losses)) {
        expect(found.losses[name], name).toBeCloseTo(loss, 4);
      }
      for (const [name, { data }] of Object.entries(oracle.state.tensors)) {
        if (!name.endsWith('.mean')) continue;
        expect(difference(found.state.tensors[name]!.data, data), name).toBeLessThan(2e-5);
      }
    },
  );

  it.each(SMALL_DESIGNS)('of %s learns one batch by heart', async (name, design) => {
    const [start, batch] = [initialState(design, 4), randomBatch(design)];
    const { first, losses } = await trained(design, start, batch, 60, tracedEngine);
    const watched = WATCHED[name] ?? 'loss';
    expect(losses[watched]).toBeLessThan(0.97 * (first[watched] as number));
    for (const loss of Object.values(losses)) expect(loss).toBeTypeOf('number');
  });

  it('moves the balance of una-GAN by what the discriminator told apart', async () => {
    const design = SMALL_DESIGNS.find(([name]) => name === 'una-GAN with a cycle')![1];
    const { state } = await trained(
      design,
      initialState(design, 3),
      randomBatch(design),
      5,
      tracedEngine,
    );
    const [k] = state.tensors.k!.data;
    expect(k).toBeGreaterThanOrEqual(0);
    expect(k).toBeLessThanOrEqual(1);
  });
});

async function trained(
  design: StepDesign,
  start: TrainingState,
  batch: Tensors,
  steps: number,
  engine: typeof tracedEngine,
) {
  const stepper = await openStepper(engine, design);
  let now = await stepper.step(start, batch, 2e-3);
  const first = now.losses;
  for (let i = 1; i < steps; i++) now = await stepper.step(now.state, batch, 2e-3);
  await stepper.close();
  return { ...now, first };
}

function difference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
