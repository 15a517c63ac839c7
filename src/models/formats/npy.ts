import { zipSync } from 'fflate';
import { type Tensor, type Tensors, UserError, sizeOf, tensor } from '../../core/index.js';
import { ByteReader, corrupt } from './byte-reader.js';
import { type Element, bytesPerElement, toFloat32 } from './element.js';
import { readZip } from './zip.js';

const ELEMENTS: Readonly<Record<string, Element>> = {
  f8: 'float64',
  f4: 'float32',
  f2: 'float16',
  i8: 'int64',
  u8: 'uint64',
  i4: 'int32',
  u4: 'uint32',
  i2: 'int16',
  u2: 'uint16',
  i1: 'int8',
  u1: 'uint8',
  b1: 'bool',
};

/**
 * The element a numpy type code such as `<f8` names; undefined for big-endian or structured ones.
 */
export function numpyElement(code: string): Element | undefined {
  const [, order, kind] = /^([<|=>]?)([a-z]\d)$/.exec(code) ?? [];
  if (kind === undefined || (order === '>' && !kind.endsWith('1'))) return undefined;
  return ELEMENTS[kind];
}

/** Reads a `.npy` array (format 1 to 3) as float32, row-major. Object arrays are refused. */
export function readNpy(bytes: Uint8Array, where = 'npy'): Tensor {
  const reader = new ByteReader(bytes, where);
  if (reader.u8() !== 0x93 || reader.text(5) !== 'NUMPY') {
    throw corrupt(where, 'this is not a .npy file');
  }
  const major = reader.u16() & 0xff;
  const header = reader.text(major === 1 ? reader.u16() : reader.u32());
  const { element, shape, columnMajor } = parseHeader(header, where);
  const data = toFloat32(reader.take(sizeOf(shape) * bytesPerElement(element)), element);
  return tensor(shape, columnMajor ? toRowMajor(data, shape) : data);
}

/** Writes a float32 `.npy` array, format 1, row-major. */
export function writeNpy({ shape, data }: Tensor): Uint8Array {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${dims}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const head = new TextEncoder().encode(`?NUMPY??  ${text.padEnd(length - 1)}\n`);
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 0xff, length >> 8]);
  const file = new Uint8Array(head.length + data.byteLength);
  file.set(head);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), head.length);
  return file;
}

/** Reads every array of a `.npz` archive, by name without `.npy`. */
export function readNpz(bytes: Uint8Array, where = 'npz'): Tensors {
  const entries = [...readZip(bytes, where).values()];
  const arrays = entries.filter(({ name }) => name.endsWith('.npy'));
  return Object.fromEntries(
    arrays.map(({ name, read }) => [name.slice(0, -4), readNpy(read(), `${where} (${name})`)]),
  );
}

/**
 * Writes a stored `.npz` archive with a fixed date, so that the same arrays give the same bytes.
 */
export function writeNpz(tensors: Tensors): Uint8Array {
  const files = Object.entries(tensors).map(([name, array]) => [`${name}.npy`, writeNpy(array)]);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: new Date(1980, 0, 1) });
}

interface NpyHeader {
  readonly element: Element;
  readonly shape: readonly number[];
  readonly columnMajor: boolean;
}

function parseHeader(header: string, where: string): NpyHeader {
  const code = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const dims = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (code === undefined || dims === undefined) {
    throw corrupt(where, 'the array header is damaged or describes objects');
  }
  const element = numpyElement(code);
  if (element === undefined) {
    const allowed = 'little-endian floats, whole numbers or booleans';
    throw new UserError({ what: `the array is stored as '${code}'`, where, allowed });
  }
  const shape = dims.split(',').flatMap((text) => (text.trim() ? [Number(text)] : []));
  return { element, shape, columnMajor: /'fortran_order':\s*True/.test(header) };
}

function toRowMajor(data: Float32Array, shape: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  return data.map((_, flat) => {
    let rest = flat;
    let at = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const extent = shape[axis] as number;
      at += (rest % extent) * (strides[axis] as number);
      rest = Math.floor(rest / extent);
    }
    return data[at] as number;
  });
}
