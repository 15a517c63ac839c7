import { UserError } from '../core/index.js';

/** The typed arrays that may travel. */
export type NumberArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

const DEPTH_MAX = 64;

interface ArrayKind {
  readonly BYTES_PER_ELEMENT: number;
  new (from: ArrayLike<number> | ArrayBuffer): NumberArray;
}

const ARRAYS: Readonly<Record<string, ArrayKind>> = {
  Float32Array,
  Float64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
};

/** The name of a typed array that may travel (`Float32Array`; a Buffer is a `Uint8Array`). */
export function arrayNameOf(value: unknown): string | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  const name = (value as NumberArray)[Symbol.toStringTag];
  return Object.hasOwn(ARRAYS, name) ? name : undefined;
}

/** Bytes per number of the named typed array; undefined for a name that may not travel. */
export function stepOf(name: string): number | undefined {
  return Object.hasOwn(ARRAYS, name) ? ARRAYS[name]?.BYTES_PER_ELEMENT : undefined;
}

/** A copy of a typed array in memory of its own, aligned and never shared. */
export function copyArray(array: NumberArray): NumberArray {
  // By name, not by slice: the slice of a Buffer would share its memory.
  return new (kindOf(array[Symbol.toStringTag]))(array);
}

/** The bytes of a typed array, without copying. */
export function bytesOfArray(array: NumberArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** A typed array of the given name from a copy of its little-endian bytes. */
export function arrayFromBytes(name: string, bytes: Uint8Array): NumberArray {
  return new (kindOf(name))(new Uint8Array(bytes).buffer);
}

/** A deep copy that shares nothing with the original; throws a UserError for what cannot travel. */
export function copyBody(body: unknown): unknown {
  return mapBody(body, (leaf) => copyArray(checkArray(leaf)));
}

/** Returns the typed array, or throws the UserError of what cannot travel. */
export function checkArray(leaf: object): NumberArray {
  if (arrayNameOf(leaf) !== undefined) return leaf as NumberArray;
  throw cannotTravel(`an instance of ${leaf.constructor?.name ?? 'a class'}`);
}

/**
 * Makes of a typed array, or of any other object that is neither record nor list, what stands for
 * it.
 */
export type OnLeaf = (leaf: object) => unknown;

/**
 * Rebuilds a body, each object that is neither record nor list replaced by what `onLeaf` makes of
 * it. Throws a UserError for functions, symbols, bigints, `__proto__` keys and endless nesting.
 */
export function mapBody(body: unknown, onLeaf: OnLeaf, depth = 0): unknown {
  // −0 becomes 0 because CBOR's integers have no −0, and both buses must hand over the same.
  if (typeof body === 'number') return body + 0;
  if (typeof body === 'object' && body !== null) return mapObject(body, onLeaf, depth + 1);
  if (typeof body === 'function' || typeof body === 'symbol' || typeof body === 'bigint') {
    throw cannotTravel(`a ${typeof body}`);
  }
  return body;
}

function mapObject(body: object, onLeaf: OnLeaf, depth: number): unknown {
  if (depth > DEPTH_MAX) throw cannotTravel(`something nested more than ${DEPTH_MAX} deep`);
  if (Array.isArray(body)) return mapList(body, onLeaf, depth);
  const prototype: unknown = Object.getPrototypeOf(body);
  const isRecord = prototype === Object.prototype || prototype === null;
  return isRecord ? mapRecord(body as Record<string, unknown>, onLeaf, depth) : onLeaf(body);
}

function mapList(list: readonly unknown[], onLeaf: OnLeaf, depth: number): unknown[] {
  const copy: unknown[] = [];
  for (const item of list) copy.push(mapBody(item, onLeaf, depth));
  return copy;
}

function mapRecord(
  record: Record<string, unknown>,
  onLeaf: OnLeaf,
  depth: number,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    if (key === '__proto__') throw cannotTravel('a key named __proto__');
    copy[key] = mapBody(record[key], onLeaf, depth);
  }
  return copy;
}

function kindOf(name: string): ArrayKind {
  const kind = ARRAYS[name];
  if (kind === undefined) throw cannotTravel(name);
  return kind;
}

function cannotTravel(what: string): UserError {
  return new UserError({
    what: `${what} cannot travel on the bus`,
    allowed: 'records, lists, text, numbers, booleans, null and typed arrays',
  });
}
