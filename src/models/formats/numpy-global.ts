import { fromLatin1 } from './latin1.js';
import { bytesPerElement, toFloat32 } from './element.js';
import { numpyElement } from './npy.js';
import { type Global, isPlainObject, plainObject } from './pickle-value.js';

/**
 * The numpy names that checkpoints mention: types and single numbers. Arrays are kept as unread
 * data.
 */
export const NUMPY_GLOBALS: readonly Global[] = ['numpy.core', 'numpy._core'].flatMap((core) => [
  { global: `${core}.multiarray.scalar`, make: scalar },
  {
    global: `${core}.multiarray._reconstruct`,
    make: unreadArray,
  },
  { global: `${core}.numeric._frombuffer`, make: unreadArray },
]);

function unreadArray(args: readonly unknown[]): unknown {
  return plainObject('numpy.ndarray', args);
}

/** `numpy.core.multiarray.scalar(dtype, bytes)`: a float64 keeps its full precision. */
function scalar([dtype, raw]: readonly unknown[]): unknown {
  const code = isPlainObject(dtype) ? dtype.args[0] : undefined;
  const element = typeof code === 'string' ? numpyElement(code) : undefined;
  const bytes = typeof raw === 'string' ? fromLatin1(raw) : raw;
  if (element === undefined || !(bytes instanceof Uint8Array)) {
    return plainObject('numpy.generic', [dtype, raw]);
  }
  if (bytes.length !== bytesPerElement(element)) throw new RangeError('a number is cut short');
  if (element === 'float64') {
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }
  const value = toFloat32(bytes, element)[0] as number;
  return element === 'bool' ? value !== 0 : value;
}
