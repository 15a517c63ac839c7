import { type Tensor, UserError, sizeOf, tensor } from '../../core/index.js';
import { type Element, bytesPerElement, toFloat32 } from './element.js';

/**
 * A flat block of numbers that tensors of a checkpoint share; `bytes` fetches it when first
 * needed.
 */
export interface TorchStorage {
  readonly key: string;
  readonly element: Element;
  /** Numbers in it. */
  readonly count: number;
  bytes(): Uint8Array;
}

/** A tensor as a checkpoint describes it: a strided window on a storage, in elements. */
export interface TorchTensor {
  readonly storage: TorchStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

// A repeated (stride 0) tensor holds more numbers than its storage; a small file must not ask for
// gigabytes.
const REPEATED_MAX = 65_536;

// Tied weights read a storage twice; far more than that is a small file asking for much memory.
const SHARED_MAX = 4;
const SHARED_FREE = 1_000_000;

/** Whether a value of a checkpoint is a tensor. */
export function isTorchTensor(value: unknown): value is TorchTensor {
  return typeof value === 'object' && value !== null && 'storage' in value && 'strides' in value;
}

/**
 * Checks that tensors together do not read their storages over and over; throws a `UserError`
 * else.
 */
export function checkShared(sources: readonly TorchTensor[], where: string): void {
  const storages = new Map(sources.map(({ storage }) => [storage.key, storage.count]));
  const stored = [...storages.values()].reduce((sum, count) => sum + count, 0);
  const read = sources.reduce((sum, source) => sum + costOf(source), 0);
  if (read <= SHARED_MAX * stored + SHARED_FREE) return;
  const what = `its tensors unfold ${stored} stored numbers to ${read}`;
  throw new UserError({ what, where, hint: 'copy or export the file again' });
}

/**
 * Copies a checkpoint's tensor out as float32, row-major, whatever its strides; throws a
 * `UserError` if it leaves its storage.
 */
export function materialise(source: TorchTensor, where: string): Tensor {
  checkInside(source, where);
  const { storage, offset, shape, strides } = source;
  const size = sizeOf(shape);
  const width = bytesPerElement(storage.element);
  const extent = isContiguous(shape, strides) ? size : span(source);
  const bytes = storage.bytes().subarray(offset * width, (offset + extent) * width);
  const all = toFloat32(bytes, storage.element);
  if (isContiguous(shape, strides)) return tensor(shape, all);
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) data[i] = all[place(i, shape, strides)] as number;
  return tensor(shape, data);
}

// A negative extent is refused later; it must not pay for others here.
function costOf(source: TorchTensor): number {
  return Math.max(0, sizeOf(source.shape), span(source));
}

/** Numbers of the storage from the first to the last that a tensor reads. */
function span({ shape, strides }: TorchTensor): number {
  if (sizeOf(shape) === 0) return 0;
  return shape.reduce((at, n, axis) => at + (n - 1) * (strides[axis] ?? 0), 1);
}

function place(flat: number, shape: readonly number[], strides: readonly number[]): number {
  let rest = flat;
  let at = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    at += (rest % extent) * (strides[axis] as number);
    rest = Math.floor(rest / extent);
  }
  return at;
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  return shape.every(
    (extent, axis) => extent === 1 || strides[axis] === sizeOf(shape.slice(axis + 1)),
  );
}

function checkInside({ storage, offset, shape, strides }: TorchTensor, where: string): void {
  const whole = [offset, ...shape, ...strides].every((n) => Number.isSafeInteger(n) && n >= 0);
  const size = sizeOf(shape);
  const fits = size === 0 || offset + span({ storage, offset, shape, strides }) <= storage.count;
  const sane = size <= Math.max(storage.count, REPEATED_MAX);
  const same = shape.length === strides.length;
  if (whole && same && fits && sane) return;
  const extent = `[${shape.join(', ')}]`;
  const what = `a tensor of shape ${extent} leaves its storage of ${storage.count} numbers`;
  throw new UserError({ what, where, hint: 'copy or export the file again' });
}
