import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sizeOf, tensor } from '../../../src/core/index.js';
import type { Tensors } from '../../../src/core/index.js';
import { describe as describeNetwork } from '../../../src/models/networks/describe.js';
import { openModel } from '../../../src/models/runtime/model.js';
import { cpuEngine } from '../../../src/models/training/eager-engine.js';
import type { Computation, Engine, Shapes } from '../../../src/models/training/engine.js';
import { flatten, heldVectors, layoutsOf } from '../../../src/models/training/flat-parameters.js';
import { applyNetwork } from '../../../src/models/training/layers/apply-network.js';
import { tf } from '../../../src/models/training/tensorflow.js';
import { tracedEngine } from '../../../src/models/training/traced-engine.js';
import { goldenTensor, goldenWeights } from '../golden-fill.js';
import { SMALL_NETWORKS } from './small-networks.js';
import type { SmallNetwork } from './small-networks.js';

// A difference would also see the power iteration of spectral norms, which is not differentiated.
const CRITICS = /^una-gan-(encoder|discriminator)$/;

// Of every parameter: its gradient along a golden direction, and its length. Made with PyTorch 1.13
// in 64-bit numbers from the golden weights.
interface Golden {
  readonly loss: number;
  readonly gradients: readonly (readonly [slope: number, length: number])[];
}
const FILE = new URL('./golden-gradients.json', import.meta.url);
const GOLDEN = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, Golden>>;

type Symbol = InstanceType<typeof tf.Tensor>;

describe('a network in training', () => {
  it.each(SMALL_NETWORKS)('$kind says what its inference graph says', async (small) => {
    const weights = goldenWeights(small.kind, small.raw);
    const model = await openModel({ kind: small.kind, config: small.config, weights });
    const steps = small.steps ?? 1;
    const expected = await model.run(small.feeds, { steps });
    await model.close();
    const found = await ran(tracedEngine, small, forward(small, false));
    for (const [name, value] of Object.entries(found)) {
      if (name.startsWith('next_')) continue;
      expect(value.shape, name).toEqual(expected[name]?.shape);
      expect(difference(value.data, expected[name]!.data), name).toBeLessThan(1e-5);
    }
  });

  it.each(SMALL_NETWORKS)(
    '$kind has the same gradients recorded as computed by TensorFlow.js',
    async (small) => {
      const traced = await ran(tracedEngine, small, backward(small));
      const oracle = await ran(cpuEngine, small, backward(small));
      for (const [name, value] of Object.entries(oracle)) {
        const scale = Math.max(1, ...value.data.map(Math.abs));
        expect(difference(traced[name]!.data, value.data) / scale, name).toBeLessThan(1e-5);
      }
    },
  );

  it.each(Object.entries(GOLDEN))('%s has the gradients that PyTorch has', async (kind, golden) => {
    const small = SMALL_NETWORKS.find((each) => each.kind === kind) as SmallNetwork;
    const { loss, gradient } = await ran(tracedEngine, small, backward(small));
    expect(loss?.data[0]).toBeCloseTo(golden.loss, 6);
    let at = 0;
    layoutsOf(small.kind, small.config).parameters.specs.forEach(({ name, shape }, i) => {
      const part = gradient!.data.slice(at, at + sizeOf(shape));
      at += part.length;
      const way = goldenTensor(500 + i, shape).data;
      const slope = part.reduce((sum, value, j) => sum + value * way[j]!, 0);
      const [wanted, length] = golden.gradients[i] as [number, number];
      expect(Math.abs(slope - wanted), name).toBeLessThan(2e-5 * Math.max(1, length));
      expect(Math.abs(Math.hypot(...part) - length), name).toBeLessThan(2e-5 * Math.max(1, length));
    });
  });

  it.each(SMALL_NETWORKS)('$kind has the gradients that finite differences show', async (small) => {
    const still = !CRITICS.test(small.kind);
    const compiled = await tracedEngine.compile(shapesOf(small), backward(small, still));
    const inputs = inputsOf(small);
    const { gradient } = (await compiled.run(inputs)) as { gradient: Tensors[string] };
    const way = goldenTensor(77, gradient.shape).data;
    const slope = way.reduce((sum, by, i) => sum + by * gradient.data[i]!, 0);
    const step = 1e-3 / Math.sqrt(way.length / 100);
    const [before, after] = await Promise.all(
      [-step, step].map(async (by) => {
        const parameters = inputs.parameters!.data.map((value, i) => value + by * way[i]!);
        const moved = { ...inputs, parameters: tensor([parameters.length], parameters) };
        return (await compiled.run(moved)).loss!.data[0] as number;
      }),
    );
    await compiled.close();
    const measured = ((after as number) - (before as number)) / (2 * step);
    expect(Math.abs(measured - slope)).toBeLessThan(0.02 * Math.abs(slope) + 0.02);
  });
});

function forward(small: SmallNetwork, training: boolean): Computation {
  const network = describeNetwork(small.kind, small.config);
  const layouts = layoutsOf(small.kind, small.config);
  return ({ parameters, buffers, ...tensors }) => {
    const held = heldVectors(layouts, parameters as Symbol, buffers as Symbol, training);
    return applyNetwork(network, held, { tensors, steps: small.steps ?? 1 });
  };
}

// A loss that hears every output at every place with a weight of its own.
function backward(small: SmallNetwork, training = true): Computation {
  const run = forward(small, training);
  return ({ parameters, ...rest }) => {
    const { value, grads } = tf.valueAndGrads((p: Symbol) => {
      const outputs = Object.values(run({ ...rest, parameters: p }));
      const parts = outputs.map((y, i) => {
        const { shape, data } = goldenTensor(90 + i, y.shape);
        return tf.mean(tf.mul(tf.sin(y), tf.tensor(data, [...shape])));
      });
      return tf.addN(parts);
    })([parameters as Symbol]);
    return { loss: value, gradient: grads[0] as Symbol };
  };
}

async function ran(engine: Engine, small: SmallNetwork, run: Computation): Promise<Tensors> {
  const compiled = await engine.compile(shapesOf(small), run);
  const result = await compiled.run(inputsOf(small));
  await compiled.close();
  return result;
}

function inputsOf({ kind, raw, config, feeds }: SmallNetwork): Tensors {
  const weights = goldenWeights(kind, raw);
  const layouts = layoutsOf(kind, config);
  const parameters = flatten(layouts.parameters, weights);
  const buffers = flatten(layouts.buffers, weights);
  return {
    ...feeds,
    parameters: tensor([parameters.length], parameters),
    buffers: tensor([buffers.length], buffers),
  };
}

function shapesOf(small: SmallNetwork): Shapes {
  const entries = Object.entries(inputsOf(small)).map(([name, { shape }]) => [name, shape]);
  return Object.fromEntries(entries);
}

function difference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
