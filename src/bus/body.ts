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

const ARRAYS: Readonly<Record<string, new (from: ArrayLike<number>) => NumberArray>> = {
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

/** The name of a typed array that may travel, such as `Float32Array` (a Buffer is a `Uint8Array`), or undefined. */
export function arrayNameOf(value: object): string | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  const name = (value as NumberArray)[Symbol.toStringTag];
  return Object.hasOwn(ARRAYS, name) ? name : undefined;
}

/** A copy of a typed array in memory of its own, aligned and never shared. */
export function copyArray<A extends NumberArray>(array: A): A {
  // By name, not by constructor: the slice of a Buffer would share its memory.
  const Kind = ARRAYS[array[Symbol.toStringTag]] as unknown as new (from: A) => A;
  return new Kind(array);
}

/** A deep copy that shares nothing with the original; throws a UserError for what cannot travel. */
export function copyBody(body: unknown): unknown {
  return mapBody(body, copyArray);
}

/**
 * Rebuilds a body, each typed array replaced by what `onArray` makes of it.
 * Throws a UserError for functions, symbols, bigints, instances of classes, `__proto__` keys and endless nesting.
 */
export function mapBody(
  body: unknown,
  onArray: (array: NumberArray) => unknown,
  depth = 0,
): unknown {
  // −0 becomes 0 here because CBOR's integers have no −0: both buses must hand over the same.
  if (typeof body === 'number') return body + 0;
  if (typeof body === 'object' && body !== null) return mapObject(body, onArray, depth + 1);
  if (typeof body === 'function' || typeof body === 'symbol' || typeof body === 'bigint') {
    throw cannotTravel(`a ${typeof body}`);
  }
  return body;
}

function mapObject(body: object, onArray: (array: NumberArray) => unknown, depth: number): unknown {
  if (depth > DEPTH_MAX) throw cannotTravel(`something nested more than ${DEPTH_MAX} deep`);
  if (Array.isArray(body)) return mapList(body, onArray, depth);
  const prototype: unknown = Object.getPrototypeOf(body);
  if (prototype === Object.prototype || prototype === null) {
    return mapRecord(body as Record<string, unknown>, onArray, depth);
  }
  if (arrayNameOf(body) !== undefined) return onArray(body as NumberArray);
  throw cannotTravel(`an instance of ${(body as object).constructor?.name ?? 'a class'}`);
}

function mapList(
  list: readonly unknown[],
  onArray: (array: NumberArray) => unknown,
  depth: number,
): unknown[] {
  const copy: unknown[] = [];
  for (const item of list) copy.push(mapBody(item, onArray, depth));
  return copy;
}

function mapRecord(
  record: Record<string, unknown>,
  onArray: (array: NumberArray) => unknown,
  depth: number,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    if (key === '__proto__') throw cannotTravel('a key named __proto__');
    copy[key] = mapBody(record[key], onArray, depth);
  }
  return copy;
}

function cannotTravel(what: string): UserError {
  return new UserError({
    what: `${what} cannot travel on the bus`,
    allowed: 'records, lists, text, numbers, booleans, null and typed arrays',
  });
}
