import type { Tensor as Symbol } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/index.js';
import type { NetworkConfig } from '../networks/config.js';
import { parametersOf } from '../networks/describe.js';
import type { NetworkKind, ParameterSpec, Weights } from '../networks/kind.js';
import type { Held } from './layers/held.js';
import { parted } from './layers/parted.js';
import { keep } from './kept.js';
import { tf } from './tensorflow.js';

/** The order in which tensors lie in one flat vector. */
export interface Layout {
  readonly specs: readonly ParameterSpec[];
  /** Length of the vector, at least 1. */
  readonly size: number;
}

/** What training changes: parameters by their gradients, buffers (statistics) by being computed. */
export interface Layouts {
  readonly parameters: Layout;
  readonly buffers: Layout;
}

/** The flat vectors of a network. The position table and the batch count are not in them. */
export function layoutsOf(kind: NetworkKind, config: NetworkConfig): Layouts {
  const specs = parametersOf(kind, config);
  const computed = ({ name, dtype }: ParameterSpec): boolean =>
    dtype === 'float32' && !name.endsWith('.pe');
  return {
    parameters: layout(specs.filter(({ buffer }) => !buffer)),
    buffers: layout(specs.filter((spec) => spec.buffer && computed(spec))),
  };
}

function layout(specs: readonly ParameterSpec[]): Layout {
  const size = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return { specs, size: Math.max(1, size) };
}

/** Lays weights into one vector; throws a RangeError when one is missing. */
export function flatten({ specs, size }: Layout, weights: Weights): Float32Array {
  const flat = new Float32Array(size);
  let at = 0;
  for (const { name, shape } of specs) {
    const found = weights.get(name);
    if (!found) throw new RangeError(`the weights have no ${name}`);
    flat.set(found.data, at);
    at += sizeOf(shape);
  }
  return flat;
}

/** The weights with those of a flat vector put in their places; the others are kept. */
export function unflatten({ specs }: Layout, flat: Float32Array, weights: Weights): Weights {
  const next = new Map(weights);
  let at = 0;
  for (const { name, shape } of specs) {
    const size = sizeOf(shape);
    next.set(name, { shape, data: flat.slice(at, at + size) });
    at += size;
  }
  return next;
}

/** The symbols of a flat vector, by state-dict key. */
export function symbolsOf({ specs }: Layout, flat: Symbol): ReadonlyMap<string, Symbol> {
  if (specs.length === 0) return new Map();
  const sizes = specs.map(({ shape }) => sizeOf(shape));
  const parts = parted(flat, sizes, 0);
  return new Map(
    specs.map(({ name, shape }, i) => [name, tf.reshape(parts[i] as Symbol, [...shape])]),
  );
}

/** A network's values while it is applied, and the buffers as they are afterwards. */
export interface HeldVectors extends Held {
  /** The flat vector of buffers with what was updated; the given one when nothing was. */
  buffers(): Symbol;
}

/** Holds a network's flat vectors for `applyNetwork`. */
export function heldVectors(
  layouts: Layouts,
  parameters: Symbol,
  buffers: Symbol,
  training = true,
): HeldVectors {
  const values = new Map([
    ...symbolsOf(layouts.parameters, parameters),
    ...symbolsOf(layouts.buffers, buffers),
  ]);
  const updates = new Map<string, Symbol>();
  return {
    training,
    value: (name) => {
      const found = updates.get(name) ?? values.get(name);
      if (!found) throw new RangeError(`the network has no ${name}`);
      return found;
    },
    update: (name, value) => void updates.set(name, keep(value)),
    buffers: () => (updates.size === 0 ? buffers : joined(layouts.buffers, values, updates)),
  };
}

function joined(
  { specs }: Layout,
  values: ReadonlyMap<string, Symbol>,
  updates: ReadonlyMap<string, Symbol>,
): Symbol {
  const parts = specs.map(({ name }) => updates.get(name) ?? (values.get(name) as Symbol));
  return tf.concat(parts.map((part) => tf.reshape(part, [part.size])));
}
