import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/index.js';
import { tf } from '../tensorflow.js';
import { checkSizes, sameShape, TraceGraph } from './graph.js';
import type { Wire } from './graph.js';

/** What a tensor stands for while a step is recorded. */
export type Content =
  /** A wire seen in the shape `view` and then transposed; both happen only when asked for. */
  | {
      readonly graph: TraceGraph;
      readonly wire: Wire;
      readonly view: readonly number[];
      readonly perm: readonly number[] | undefined;
    }
  | { readonly fill: number }
  | { readonly values: Float32Array };

/** The name under which TensorFlow.js knows the recording backend. */
export const TRACE = 'trace';

interface Entry {
  readonly content: Content;
  /** How many values a tensor that came from outside has. */
  readonly size?: number;
  refs: number;
}

type Values = Float32Array | Int32Array | Uint8Array;

/** A TensorFlow.js backend that records what its kernels are asked for instead of computing it. */
// TensorFlow.js demands a subclass here.
export class TraceBackend extends tf.KernelBackend {
  readonly #contents = new WeakMap<object, Entry>();
  #graph: TraceGraph | undefined;

  /** Starts a recording. */
  begin(): TraceGraph {
    this.#graph = new TraceGraph();
    return this.#graph;
  }

  /** Ends the recording; tensors that belong to it can no longer be used. */
  end(): void {
    this.#graph = undefined;
  }

  /** The recording under way; throws outside one. */
  get graph(): TraceGraph {
    if (!this.#graph) throw new Error('nothing is being traced');
    return this.#graph;
  }

  /** A tensor of this content. */
  tensor(content: Content, shape: readonly number[], dtype: DataType = 'float32'): TensorInfo {
    const dataId = {};
    this.#contents.set(dataId, { content, refs: 1 });
    return { dataId, shape: [...shape], dtype };
  }

  /** A tensor that is a wire, whose shape may be seen otherwise. */
  of(wire: Wire, shape: readonly number[] = wire.shape, dtype: DataType = 'float32'): TensorInfo {
    checkSizes(wire.shape, shape);
    const content = { graph: this.graph, wire, view: shape, perm: undefined };
    return this.tensor(content, shape, dtype);
  }

  /** A tensor that shares another's content under its own shape. */
  shared(info: TensorInfo, shape: readonly number[], dtype: DataType = info.dtype): TensorInfo {
    this.incRef(info.dataId);
    return { dataId: info.dataId, shape: [...shape], dtype };
  }

  /** What a tensor stands for; throws for tensors of an earlier recording. */
  content(info: TensorInfo): Content {
    if (!this.#contents.has(info.dataId)) fetched(this, info);
    const content = this.#contents.get(info.dataId)?.content as Content;
    if ('wire' in content && content.graph !== this.graph) {
      throw new Error('a tensor of an earlier trace was used: make it inside the traced function');
    }
    return content;
  }

  /** The number that fills a tensor, if one does. */
  fillOf(info: TensorInfo): number | undefined {
    const content = this.content(info);
    return 'fill' in content ? content.fill : undefined;
  }

  /** The wire of a tensor in the tensor's own shape. */
  wire(info: TensorInfo): Wire {
    const content = this.content(info);
    const { graph } = this;
    if ('values' in content) return graph.constant(content.values, info.shape);
    if ('fill' in content) {
      const scalar = graph.scalar(content.fill);
      if (sizeOf(info.shape) === 1)
        return graph.constant(Float32Array.of(content.fill), info.shape);
      return graph.node('Expand', [scalar, info.shape], info.shape);
    }
    return graph.reshape(this.#settled(content), info.shape);
  }

  /** A tensor seen with its axes in another order; nothing is recorded until it is read. */
  transposed(info: TensorInfo, perm: readonly number[]): TensorInfo {
    const shape = perm.map((axis) => info.shape[axis] as number);
    const content = this.content(info);
    if ('fill' in content) return this.tensor(content, shape, info.dtype);
    let base: Wire | undefined;
    let view: readonly number[] = info.shape;
    let whole = perm;
    if ('wire' in content) {
      const { perm: before } = content;
      if (before && sameShape(permuted(content.view, before), info.shape)) {
        base = content.wire;
        view = content.view;
        whole = perm.map((axis) => before[axis] as number);
      } else base = this.#settled(content);
    }
    const wire = base ?? this.wire(info);
    const still = whole.every((axis, i) => axis === i);
    const next = { graph: this.graph, wire, view, perm: still ? undefined : whole };
    return this.tensor(next, shape, info.dtype);
  }

  #settled({ wire, view, perm }: Extract<Content, { wire: Wire }>): Wire {
    if (!perm) return wire;
    const shape = permuted(view, perm);
    // Moving axes of size one moves no value.
    const order = perm.filter((axis) => view[axis] !== 1);
    if (order.every((axis, i) => i === 0 || axis > (order[i - 1] as number))) {
      return this.graph.reshape(wire, shape);
    }
    const from = this.graph.reshape(wire, view);
    return this.graph.node('Transpose', [from], shape, { attributes: { perm } });
  }

  override write(values: Values, shape: number[], dtype: DataType): object {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: object,
    values: Values,
    _shape: number[],
    _dtype: DataType,
    refs: number,
  ): void {
    this.#contents.set(dataId, { content: contentOf(values), size: values.length, refs });
  }

  override readSync(dataId: object): Values {
    const { content, size } = this.#contents.get(dataId) ?? {};
    if (content && 'values' in content) return content.values;
    if (content && 'fill' in content && size !== undefined) {
      return new Float32Array(size).fill(content.fill);
    }
    throw new Error('the value of a traced tensor is not known while it is being traced');
  }

  override read(dataId: object): Promise<Values> {
    return Promise.resolve(this.readSync(dataId));
  }

  override refCount(dataId: object): number {
    return this.#contents.get(dataId)?.refs ?? 0;
  }

  override incRef(dataId: object): void {
    const held = this.#contents.get(dataId);
    if (held) held.refs++;
  }

  override disposeData(dataId: object, force = false): boolean {
    const held = this.#contents.get(dataId);
    if (!held) return true;
    held.refs--;
    if (!force && held.refs > 0) return false;
    this.#contents.delete(dataId);
    return true;
  }

  override numDataIds(): number {
    return 0;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.#graph = undefined;
  }
}

// A tensor of another backend is taken over from there.
function fetched(trace: TraceBackend, { dataId }: TensorInfo): void {
  try {
    tf.engine().moveData(trace, dataId);
  } catch (cause) {
    throw new Error('a traced tensor was used after it was disposed', { cause });
  }
}

function permuted(shape: readonly number[], perm: readonly number[]): readonly number[] {
  return perm.map((axis) => shape[axis] as number);
}

// A tensor of ones, as gradients make them, is one number.
function contentOf(values: Values): Content {
  const first = values[0] ?? 0;
  if (values.every((value) => value === first)) return { fill: Number(first) };
  return { values: Float32Array.from(values) };
}
