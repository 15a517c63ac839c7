import { seededRandom } from '../../src/core/index.js';

export { Limiter, fromDb } from '../../src/audio/index.js';

/** Uniform noise of an amplitude. */
export function seededNoise(length: number, amplitude: number): Float32Array {
  const random = seededRandom(1, 'noise');
  return Float32Array.from({ length }, () => (2 * random.next() - 1) * amplitude);
}
