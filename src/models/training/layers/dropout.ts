import type { Network, Step, Value } from '../../networks/network.js';
import type { Shapes, Symbols } from '../engine.js';
import { tf } from '../tensorflow.js';

type Tensor = InstanceType<typeof tf.Tensor>;

/** Masks that training multiplies by, under the names that `dropShapes` gives them. */
export type Drops = Symbols;

/** What a network is applied to: `steps` is what it foretells at once, 1 unless told. */
export interface AppliedSize {
  readonly batch: number;
  readonly frames: number;
  readonly steps?: number;
}

/**
 * The masks that a sequencer's training wants, by name: [B, S, n] for each step that drops, and
 * [B, heads, queries, keys] for the weights of each attention.
 */
export function dropShapes(network: Network, size: AppliedSize): Shapes {
  const planes = new Map<Value, Plane>();
  for (const { name, shape } of network.inputs) planes.set(name, [size.frames, Number(shape[2])]);
  const shapes: Record<string, readonly number[]> = {};
  for (const step of network.steps) {
    const [of, memory = of] = step.inputs.map((name) => planes.get(name)) as [Plane, Plane?];
    const plane = planeAfter(step, of, size);
    for (const name of step.outputs) planes.set(name, plane);
    if (!step.drops) continue;
    const [name] = step.outputs as [Value];
    shapes[maskOf(name)] = [size.batch, ...plane];
    if (step.op !== 'attention') continue;
    shapes[weightsMaskOf(name)] = [size.batch, step.module.heads, plane[0], memory[0]];
  }
  return shapes;
}

/** A value [B, S, n] times its mask's frames from `from` on. */
export function dropped(drops: Drops, name: Value, value: Tensor, from = 0): Tensor {
  const mask = drops[maskOf(name)] as Tensor;
  return tf.mul(value, tf.slice(mask, [0, from, 0], [...value.shape]));
}

/** An attention's weights [B·heads, queries, keys] times their mask's queries from `from` on. */
export function droppedWeights(drops: Drops, name: Value, weights: Tensor, from = 0): Tensor {
  const mask = drops[weightsMaskOf(name)] as Tensor;
  const [batch, heads] = mask.shape as [number, number];
  const [, queries, keys] = weights.shape as [number, number, number];
  const part = tf.slice(mask, [0, 0, from, 0], [batch, heads, queries, keys]);
  return tf.mul(weights, tf.reshape(part, weights.shape));
}

/** Frames and width. */
type Plane = readonly [frames: number, width: number];

function planeAfter(step: Step, [frames, width]: Plane, size: AppliedSize): Plane {
  switch (step.op) {
    case 'linear':
      return [frames, step.module.out];
    case 'with-positions':
      return [frames, width + step.module.width];
    case 'future':
      return [size.steps ?? 1, step.features + step.module.width];
    default:
      return [frames, width];
  }
}

function maskOf(name: Value): string {
  return `drop.${name}`;
}

function weightsMaskOf(name: Value): string {
  return `drop.${name}.weights`;
}
