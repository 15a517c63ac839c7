import type { Tensor as Symbol } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../core/index.js';

/** Shapes of what enters a computation, by name. */
export type Shapes = Readonly<Record<string, readonly number[]>>;

/** TensorFlow.js tensors by name. */
export type Symbols = Readonly<Record<string, Symbol>>;

/**
 * A computation written with TensorFlow.js operations. It must be pure: chance, learning rates
 * and masks are inputs, for an engine may record it once and repeat it for ever.
 */
export type Computation = (inputs: Symbols) => Symbols;

/** How a computation is compiled. */
export interface CompileOptions {
  /** Computing threads, 1 unless told. */
  readonly threads?: number;
  /** How hard ONNX Runtime rearranges the graph; long recurrences want `basic`. */
  readonly optimise?: 'basic' | 'all';
}

/** A computation made ready for fixed shapes. `close` frees its memory. */
export interface Compiled {
  /** Computes; throws a RangeError when an input is missing or misshapen. */
  run(inputs: Tensors): Promise<Tensors>;
  close(): Promise<void>;
  /** Nodes of the recorded graph; undefined where nothing is recorded. */
  readonly nodes: number | undefined;
}

/** What runs training steps. */
export interface Engine {
  readonly name: 'traced' | 'tensorflow' | 'cpu';
  compile(shapes: Shapes, computation: Computation, options?: CompileOptions): Promise<Compiled>;
}
