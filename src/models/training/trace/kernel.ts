import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { TraceBackend } from './backend.js';

/** What TensorFlow.js hands a kernel: tensors by name (or index) and its attributes. */
export interface KernelCall {
  readonly trace: TraceBackend;
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  // TensorFlow.js leaves the attributes of a kernel untyped.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly attrs: any;
}

/** Records what one TensorFlow.js kernel would compute. */
export type Kernel = (call: KernelCall) => TensorInfo | TensorInfo[];

/** Kernels by TensorFlow.js name. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** The input of a kernel that has exactly this one. */
export function only({ inputs }: KernelCall): TensorInfo {
  return Object.values(inputs)[0] as TensorInfo;
}

/** A named input. */
export function input({ inputs }: KernelCall, name: string): TensorInfo {
  const found = inputs[name];
  if (!found) throw new Error(`the kernel was called without ${name}`);
  return found;
}
