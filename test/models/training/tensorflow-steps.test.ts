import { afterAll, describe, expect, it } from 'vitest';
import type { Tensors } from '../../../src/core/index.js';
import type { Engine } from '../../../src/models/training/engine.js';
import { initialState, openStepper } from '../../../src/models/training/stepper.js';
import type { StepDesign } from '../../../src/models/training/steps/training-step.js';
import { findTensorflow } from '../../../src/models/training/tensorflow-engine.js';
import { tf } from '../../../src/models/training/tensorflow.js';
import { tracedEngine } from '../../../src/models/training/traced-engine.js';
import { forgetPlainTensorflow, registerPlainTensorflow } from './plain-tensorflow.js';
import { randomBatch, SMALL_DESIGNS } from './small-designs.js';

const STEPS = 2;
// The others are made of the same operations, and the plain backend takes its time.
const LEFT_OUT = /^(mel-GAN against (spectra|discriminators)|una-GAN without)$/;
const DESIGNS = SMALL_DESIGNS.filter(([name]) => !LEFT_OUT.test(name));

afterAll(async () => {
  await tf.setBackend('cpu');
  forgetPlainTensorflow();
});

describe('the tensorflow engine, on the plain backend under its name', () => {
  it('is found once the package has registered it, and names the package', async () => {
    const engine = await foundEngine();
    expect(engine.name).toBe('tensorflow');
  });

  it.each(DESIGNS)(
    'goes the steps of %s as the traced engine does',
    async (_, design) => {
      const engine = await foundEngine();
      const [found, traced] = [await trained(design, engine), await trained(design, tracedEngine)];
      for (const [name, loss] of Object.entries(traced.losses)) {
        expect(Math.abs((found.losses[name] as number) - loss), name).toBeLessThan(
          1e-4 * Math.max(1, Math.abs(loss)),
        );
      }
      expect(Object.keys(found.tensors)).toEqual(Object.keys(traced.tensors));
      for (const [name, { data }] of Object.entries(traced.tensors)) {
        if (!name.endsWith('.mean')) continue;
        expect(difference(found.tensors[name], data), name).toBeLessThan(1e-4);
      }
    },
    120_000,
  );

  it.each(DESIGNS)(
    'leaves no tensors of %s behind, step after step',
    async (_, design) => {
      const stepper = await openStepper(await foundEngine(), design);
      let state = initialState(design, 3);
      const counts: number[] = [];
      for (let i = 0; i < STEPS; i++) {
        ({ state } = await stepper.step(state, randomBatch(design), 2e-4));
        counts.push(tf.memory().numTensors);
      }
      expect(new Set(counts).size).toBe(1);
    },
    120_000,
  );
});

async function foundEngine(): Promise<Engine> {
  const found = await findTensorflow((name) => {
    if (!tf.findBackendFactory('tensorflow')) registerPlainTensorflow();
    return Promise.resolve(name);
  });
  if (found.engine === undefined) throw new Error(found.why);
  expect(found.from).toBe('@tensorflow/tfjs-node-gpu');
  return found.engine;
}

async function trained(design: StepDesign, engine: Engine) {
  const stepper = await openStepper(engine, design);
  let [state, losses] = [initialState(design, 3), {} as Readonly<Record<string, number>>];
  for (let i = 0; i < STEPS; i++) {
    ({ state, losses } = await stepper.step(state, randomBatch(design), 2e-4));
  }
  await stepper.close();
  return { losses, tensors: state.tensors };
}

function difference(found: Tensors[string] | undefined, data: Float32Array): number {
  expect(found?.data.length).toBe(data.length);
  return data.reduce((most, value, i) => Math.max(most, Math.abs(value - found!.data[i]!)), 0);
}
