/** How the numbers of a file are stored; complex and quantised kinds are not read. */
export type Element =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'uint64'
  | 'int32'
  | 'uint32'
  | 'int16'
  | 'uint16'
  | 'int8'
  | 'uint8'
  | 'bool';

const BYTES: Readonly<Record<Element, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  uint64: 8,
  int32: 4,
  uint32: 4,
  int16: 2,
  uint16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** Bytes that one number of this kind takes. */
export function bytesPerElement(element: Element): number {
  return BYTES[element];
}

/** Reads little-endian numbers as float32, copying; wider numbers lose their extra precision. */
export function toFloat32(bytes: Uint8Array, element: Element): Float32Array {
  const size = BYTES[element];
  const count = Math.floor(bytes.length / size);
  // The bytes of a file start anywhere; a typed array must start at a multiple of its element.
  // (`slice` would not do: on a Buffer it copies nothing.)
  const copy = new Uint8Array(count * size);
  copy.set(bytes.subarray(0, count * size));
  const aligned = copy.buffer;
  if (element === 'float32') return new Float32Array(aligned);
  if (element === 'float16') return new Float32Array(new Uint16Array(aligned)).map(fromHalf);
  if (element === 'bfloat16') return fromBrain(new Uint16Array(aligned));
  if (element === 'int64') return Float32Array.from(new BigInt64Array(aligned), Number);
  if (element === 'uint64') return Float32Array.from(new BigUint64Array(aligned), Number);
  return Float32Array.from(plainView(element, aligned));
}

function plainView(element: Element, buffer: ArrayBuffer): ArrayLike<number> {
  switch (element) {
    case 'float64':
      return new Float64Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'int16':
      return new Int16Array(buffer);
    case 'uint16':
      return new Uint16Array(buffer);
    case 'int8':
      return new Int8Array(buffer);
    default:
      return new Uint8Array(buffer);
  }
}

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function fromBrain(halves: Uint16Array): Float32Array {
  // A bfloat16 is the upper half of a float32.
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}
