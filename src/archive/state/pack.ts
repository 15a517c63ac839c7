import { UserError } from '../../core/index.js';

/** A state as JSON: plain values as they are, others marked by `$`, large arrays by their hash. */
export type Packed = unknown;

/** Where arrays go that are too large to stand in the text. */
export interface ArrayKeep {
  /** Keeps an array's bytes and returns their SHA-256. */
  keep(array: NumberArray): string;
}

/** Where they come from. */
export interface ArraySource {
  /** The bytes behind a hash; a UserError when they are gone or damaged. */
  find(hash: string): Uint8Array;
}

/** Smaller arrays stand in the text itself. */
const INLINE_BYTES_MAX = 192;
const DEPTH_MAX = 64;

const ARRAYS = {
  Float32Array,
  Float64Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
} as const;

type ArrayName = keyof typeof ARRAYS;

/** Any array of numbers that a state may hold. */
export type NumberArray = InstanceType<(typeof ARRAYS)[ArrayName]>;

interface Marked {
  readonly $: string;
  readonly of?: unknown;
  readonly hash?: string;
  readonly base64?: string;
}

/**
 * Packs plain data: objects, arrays, maps, sets, typed arrays, any number. The same data gives the
 * same text. A UserError, with the way to it, for what is no plain data.
 */
export function pack(value: unknown, arrays: ArrayKeep): Packed {
  return packed(value, arrays, []);
}

function packed(value: unknown, arrays: ArrayKeep, way: readonly (string | number)[]): Packed {
  if (way.length > DEPTH_MAX) throw unkept('data nested without end', way);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'number') return packedNumber(value);
  if (typeof value !== 'object') throw unkept(`a ${typeof value}`, way);
  const inner = (one: unknown, step: string | number): Packed =>
    packed(one, arrays, [...way, step]);
  if (Array.isArray(value)) return value.map(inner);
  if (ArrayBuffer.isView(value)) return packedArray(value, arrays, way);
  if (value instanceof Map) {
    return { $: 'Map', of: [...value].map(([k, v], i) => [inner(k, i), inner(v, String(k))]) };
  }
  if (value instanceof Set) return { $: 'Set', of: [...value].map(inner) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw unkept(`a ${value.constructor.name}`, way);
  }
  if ('$' in value) throw unkept('a field named $', way);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one, key)]));
}

function packedNumber(value: number): Packed {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $: 'number', of: Object.is(value, -0) ? '-0' : String(value) };
}

function packedArray(
  view: ArrayBufferView,
  arrays: ArrayKeep,
  way: readonly (string | number)[],
): Marked {
  const name = view.constructor.name;
  // A Buffer is a Uint8Array by another name.
  const $ = name === 'Buffer' ? 'Uint8Array' : name;
  if (!(($ as ArrayName) in ARRAYS)) throw unkept(`a ${name}`, way);
  if (view.byteLength > INLINE_BYTES_MAX) return { $, hash: arrays.keep(view as NumberArray) };
  const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  return { $, base64: bytes.toString('base64') };
}

function unkept(what: string, way: readonly (string | number)[]): UserError {
  return new UserError({
    what: `a checkpoint cannot keep ${what}`,
    ...(way.length === 0 ? {} : { where: way.join('.') }),
    allowed: 'plain data: objects, arrays, maps, sets, typed arrays',
    hint: 'give the kind save() and restore()',
  });
}

/** What `pack` was given. */
export function unpack(value: Packed, arrays: ArraySource): unknown {
  if (Array.isArray(value)) return value.map((one) => unpack(one, arrays));
  if (typeof value !== 'object' || value === null) return value;
  if ('$' in value) return unmarked(value as Marked, arrays);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unpack(one, arrays)]));
}

function unmarked({ $, of, hash, base64 }: Marked, arrays: ArraySource): unknown {
  if ($ === 'undefined') return undefined;
  if ($ === 'number') return Number(of);
  if ($ === 'Map') {
    const entries = of as readonly (readonly [Packed, Packed])[];
    return new Map(entries.map(([k, v]) => [unpack(k, arrays), unpack(v, arrays)]));
  }
  if ($ === 'Set') return new Set((of as readonly Packed[]).map((one) => unpack(one, arrays)));
  const array = ARRAYS[$ as ArrayName];
  if (array === undefined) throw new UserError({ what: `a checkpoint holds an unknown ${$}` });
  const bytes = hash === undefined ? Buffer.from(base64 ?? '', 'base64') : arrays.find(hash);
  // A copy of its own: the bytes of a file need not lie where wider numbers may.
  return new array(new Uint8Array(bytes).buffer);
}
