import { sizeOf, type Tensor } from '../../core/index.js';
import { MersenneTwister } from './mersenne-twister.js';

/** The stream of normals that PyTorch's CPU generator gives after `torch.manual_seed(seed)`. */
export interface TorchRandom {
  /** What `torch.randn(shape)` would draw next, to about 1e-6 (anatomy §3.10). */
  normal(shape: readonly number[]): Tensor;
}

/** Starts that stream; the seed counts modulo 2^32. */
export function torchRandom(seed: number): TorchRandom {
  const twister = new MersenneTwister(seed >>> 0);
  const few = pairwise(twister);
  return {
    normal: (shape) => {
      const size = sizeOf(shape);
      // PyTorch takes a vectorised path from 16 numbers on, with other use of the words.
      const data =
        size >= GROUP ? grouped(twister, size) : Float32Array.from({ length: size }, few);
      return { shape, data };
    },
  };
}

const GROUP = 16;
const HALF = GROUP / 2;

function grouped(twister: MersenneTwister, size: number): Float32Array {
  const data = Float32Array.from({ length: size }, () => uniform(twister));
  for (let start = 0; start + GROUP <= size; start += GROUP) transform(data, start);
  if (size % GROUP !== 0) {
    for (let i = size - GROUP; i < size; i++) data[i] = uniform(twister);
    transform(data, size - GROUP);
  }
  return data;
}

function uniform(twister: MersenneTwister): number {
  return (twister.word() & 0xffffff) / 2 ** 24;
}

/** Box and Muller's transform on eight pairs, eight places apart. */
function transform(data: Float32Array, start: number): void {
  for (let j = start; j < start + HALF; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - data[j]!));
    const angle = 2 * Math.PI * data[j + HALF]!;
    data[j] = radius * Math.cos(angle);
    data[j + HALF] = radius * Math.sin(angle);
  }
}

/**
 * Single normals in double precision; the sine of a pair waits for the next call, also across
 * tensors.
 */
function pairwise(twister: MersenneTwister): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const [angle, fraction] = [2 * Math.PI * wide(twister), wide(twister)];
    const radius = Math.sqrt(-2 * Math.log1p(-fraction));
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** 53 bits of two words, the first being the higher. */
function wide(twister: MersenneTwister): number {
  const high = twister.word() & 0x1fffff;
  return (high * 2 ** 32 + twister.word()) / 2 ** 53;
}
