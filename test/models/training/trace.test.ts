import { describe, expect, it } from 'vitest';
import { tensor } from '../../../src/core/index.js';
import type { Tensors } from '../../../src/core/index.js';
import { cpuEngine } from '../../../src/models/training/eager-engine.js';
import type { Computation, Shapes } from '../../../src/models/training/engine.js';
import { tf } from '../../../src/models/training/tensorflow.js';
import { record, tracedEngine } from '../../../src/models/training/traced-engine.js';
import { goldenTensor } from '../golden-fill.js';

type Symbol = InstanceType<typeof tf.Tensor>;
type Operation = (x: Symbol, y: Symbol) => Symbol;

const SHAPE = [2, 3, 4];
const shapes: Shapes = { x: SHAPE, y: SHAPE };
const inputs: Tensors = { x: goldenTensor(1, SHAPE), y: goldenTensor(2, SHAPE) };
const flat = (x: Symbol): Symbol => tf.reshape(x, [6, 4]);
const wide = (x: Symbol): Symbol => tf.reshape(x, [1, 2, 3, 4]);

const OPERATIONS: Readonly<Record<string, Operation>> = {
  sum: (x, y) => tf.add(x, y),
  'difference from a number': (x) => tf.sub(2, x),
  'product with one of another rank': (x, y) => tf.mul(x, tf.slice(y, [0, 0, 0], [1, 1, 4])),
  quotient: (x, y) => tf.div(x, tf.add(tf.square(y), 1)),
  power: (x) => tf.pow(tf.add(tf.square(x), 1), 1.5),
  'larger and smaller': (x, y) => tf.sub(tf.maximum(x, y), tf.minimum(x, 0.1)),
  'squared difference': (x, y) => tf.squaredDifference(x, y),
  choice: (x, y) => tf.where(tf.greater(still(4), 0.1), tf.sin(x), tf.cos(y)),
  'choice by two conditions': (x) =>
    tf.where(
      tf.logicalAnd(tf.less(still(4), 0.5), tf.logicalNot(tf.equal(still(5), 0))),
      x,
      tf.zerosLike(x),
    ),
  rectifiers: (x) => tf.add(tf.relu(x), tf.leakyRelu(x, 0.2)),
  magnitude: (x) => tf.abs(x),
  clipping: (x) => tf.clipByValue(x, -0.3, 0.4),
  curves: (x) => tf.add(tf.tanh(x), tf.mul(tf.sigmoid(x), tf.softplus(x))),
  'roots and logarithms': (x) => tf.log(tf.add(tf.sqrt(tf.add(tf.abs(x), 1)), tf.exp(x))),
  'reciprocal root': (x) => tf.rsqrt(tf.add(tf.square(x), 0.5)),
  'sum of some axes': (x) => tf.sum(x, [0, 2]),
  'mean that keeps axes': (x) => tf.sub(x, tf.mean(x, [1, 2], true)),
  largest: (x) => tf.max(x, 1),
  softmax: (x) => tf.softmax(x),
  'turned axes': (x, y) => tf.mul(tf.transpose(x, [2, 0, 1]), tf.transpose(y, [2, 0, 1])),
  'axes turned twice': (x) => tf.transpose(tf.transpose(tf.sin(x), [1, 2, 0]), [1, 2, 0]),
  'axes turned and joined': (x, y) =>
    tf.add(tf.reshape(tf.transpose(x), [4, 6]), tf.transpose(flat(y))),
  'sum over turned axes': (x) => tf.sum(tf.transpose(x, [2, 0, 1]), [0, 1]),
  joining: (x, y) => tf.concat([x, tf.mul(y, 2), tf.zeros([2, 1, 4])], 1),
  'stack and its slices': (x, y) =>
    tf.mul(...(tf.unstack(tf.stack([x, y], 1), 1) as [Symbol, Symbol])),
  'uneven split': (x) => tf.mul(...(tf.split(flat(x), [3, 3], 0) as [Symbol, Symbol])),
  'padded slice': (x) =>
    tf.pad(
      tf.slice(x, [0, 1, 1], [2, 2, 2]),
      [
        [0, 0],
        [1, 0],
        [0, 2],
      ],
      0.5,
    ),
  tiling: (x) => tf.tile(x, [1, 2, 2]),
  reversal: (x) => tf.mul(tf.reverse(x, [1, 2]), x),
  'matrix product': (x, y) => tf.matMul(flat(x), flat(y), false, true),
  'product of many': (x, y) => tf.matMul(x, y, true, false),
  'fused product': (x, y) =>
    tf.fused.matMul({
      a: flat(x) as never,
      b: flat(y) as never,
      transposeA: true,
      bias: tf.sum(y, [0, 1]),
    }),
  'convolution along a line': (x, y) =>
    tf.conv2d(
      wide(tf.transpose(x, [0, 2, 1])) as never,
      kernel(y, [1, 2, 4, 3]) as never,
      1,
      'valid',
    ),
  'padded convolution with a stride': (x, y) =>
    tf.conv2d(
      image(x) as never,
      kernel(y, [2, 3, 1, 4]) as never,
      [2, 1],
      [
        [0, 0],
        [1, 0],
        [1, 2],
        [0, 0],
      ],
    ),
  'convolution of an image': (x, y) =>
    tf.conv2d(image(x) as never, kernel(y, [3, 2, 1, 4]) as never, 1, 'same'),
  'strided convolution along a line': (x, y) =>
    tf.conv2d(
      tf.reshape(x, [1, 1, 12, 2]) as never,
      kernel(y, [1, 3, 2, 4]) as never,
      [1, 2],
      'same',
    ),
  'transposed convolution': (x, y) =>
    tf.conv2dTranspose(
      tf.reshape(x, [2, 1, 4, 3]) as never,
      kernel(y, [1, 4, 2, 3]) as never,
      [2, 1, 8, 2],
      [1, 2],
      [
        [0, 0],
        [0, 0],
        [1, 1],
        [0, 0],
      ],
    ),
};

describe('a recorded operation', () => {
  it.each(Object.entries(OPERATIONS))(
    'and its gradients are as TensorFlow.js computes them: %s',
    async (_, operation) => {
      const run = differentiated(operation);
      const [found, oracle] = [await ran(tracedEngine, run), await ran(cpuEngine, run)];
      for (const [name, { shape, data }] of Object.entries(oracle)) {
        expect(found[name]?.shape, name).toEqual(shape);
        data.forEach((value, i) =>
          expect(found[name]?.data[i], `${name} ${i}`).toBeCloseTo(value, 5),
        );
      }
    },
  );
});

describe('a recording', () => {
  it('names the kernel that it cannot record', () => {
    expect(() => record(shapes, ({ x }) => ({ y: tf.cumsum(x as Symbol, 1) }))).toThrow(/Cumsum/);
  });

  it('refuses to tell the value of what is not computed yet', () => {
    const peek: Computation = ({ x }) => ({ y: tf.mul(x as Symbol, x!.dataSync()[0] as number) });
    expect(() => record(shapes, peek)).toThrow(/not known while it is being traced/);
  });

  it('refuses a tensor of an earlier recording', () => {
    let kept: Symbol | undefined;
    record(shapes, ({ x }) => {
      kept = tf.keep(tf.sin(x as Symbol));
      return { y: kept };
    });
    expect(() => record(shapes, ({ x }) => ({ y: tf.add(x as Symbol, kept as Symbol) }))).toThrow(
      /earlier trace/,
    );
  });

  it('gives the backend back, even when it failed', async () => {
    await tf.setBackend('cpu');
    expect(() => record(shapes, () => fails())).toThrow();
    expect(tf.getBackend()).toBe('cpu');
  });

  it('writes equal operations once and unread ones not at all', () => {
    const once = record(shapes, ({ x, y }) => ({ z: tf.sin(tf.add(x as Symbol, y as Symbol)) }));
    const twice = record(shapes, ({ x, y }) => {
      const [a, b] = [
        tf.sin(tf.add(x as Symbol, y as Symbol)),
        tf.sin(tf.add(x as Symbol, y as Symbol)),
      ];
      tf.cos(a);
      return { z: a, again: b };
    });
    expect(twice.nodes).toBe(once.nodes);
  });

  it('turns no axes that are turned back', () => {
    const there = record(shapes, ({ x }) => {
      const back = tf.transpose(tf.sin(tf.transpose(x as Symbol, [1, 2, 0])), [2, 0, 1]);
      return { y: back };
    });
    expect(there.nodes).toBe(1);
  });

  it('uses a constant made outside as it was', async () => {
    await tf.setBackend('cpu');
    const outside = tf.tensor([1, 2, 3, 4]);
    const run: Computation = ({ x }) => ({ y: tf.mul(x as Symbol, outside) });
    const first = await ran(tracedEngine, run);
    expect((await ran(tracedEngine, run)).y).toEqual(first.y);
    expect(first.y?.data[3]).toBeCloseTo(4 * inputs.x!.data[3]!, 6);
  });

  it('says which input is missing or misshapen', async () => {
    const compiled = await tracedEngine.compile(shapes, ({ x }) => ({ y: tf.sin(x as Symbol) }));
    await expect(compiled.run({ x: inputs.x! })).rejects.toThrow(/input y \[2, 3, 4\] is missing/);
    const short = { ...inputs, y: tensor([1], new Float32Array(1)) };
    await expect(compiled.run(short)).rejects.toThrow(/y is \[1\]/);
    await compiled.close();
  });
});

// TensorFlow.js differentiates no comparison, so conditions come from elsewhere.
function still(tag: number): Symbol {
  return tf.tensor(goldenTensor(tag, SHAPE).data, SHAPE);
}

function image(x: Symbol): Symbol {
  return tf.reshape(x, [2, 3, 4, 1]);
}

function kernel(y: Symbol, shape: [number, number, number, number]): Symbol {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.reshape(tf.slice(tf.reshape(y, [24]), [0], [size]), shape);
}

// Every place of the result is heard with a weight of its own.
function differentiated(operation: Operation): Computation {
  return ({ x, y }) => {
    const weighed = (a: Symbol, b: Symbol): Symbol => {
      const z = operation(a, b);
      const { data } = goldenTensor(3, z.shape);
      return tf.add(tf.sum(tf.mul(z, tf.tensor(data, z.shape))), tf.mul(tf.sum(b), 0.1));
    };
    const { value, grads } = tf.valueAndGrads(weighed)([x as Symbol, y as Symbol]);
    const [dx, dy] = grads as [Symbol, Symbol];
    return { z: operation(x as Symbol, y as Symbol), value, dx, dy };
  };
}

async function ran(engine: typeof tracedEngine, run: Computation): Promise<Tensors> {
  const compiled = await engine.compile(shapes, run);
  const result = await compiled.run(inputs);
  await compiled.close();
  return result;
}

function fails(): never {
  throw new Error('on purpose');
}
