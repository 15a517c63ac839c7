import type { Random, SignalKind, SignalMap } from '../../core/index.js';

/** The smallest signal of a kind that is none too small to travel: a frame, a few samples. */
export function tinySignal(
  carries: SignalKind,
  random: Random,
  sampleRate: number,
): SignalMap[SignalKind] {
  return TINY[carries](random, sampleRate);
}

type Make<K extends SignalKind> = (random: Random, sampleRate: number) => SignalMap[K];

const TINY: { readonly [K in SignalKind]: Make<K> } = {
  noise: (random) => ({ ...column(20, random) }),
  mel: (random, sampleRate) => ({ ...column(80, random), hopLength: 256, sampleRate }),
  audio: (random, sampleRate) => ({ sampleRate, channels: [numbers(4, random)] }),
  descriptors: (random, sampleRate) => ({
    ...column(1, random),
    names: ['centroid'],
    hopLength: 1024,
    sampleRate,
  }),
  matches: (random) => ({ list: [{ unit: 'one@0', distance: random.next(), rank: 0 }] }),
  control: (random) => ({ name: 'gain', value: random.next() }),
};

function column(rows: number, random: Random): { rows: number; columns: 1; data: Float32Array } {
  return { rows, columns: 1, data: numbers(rows, random) };
}

/** One number of chance, so that no two signals are the same; the rest is silence. */
function numbers(length: number, random: Random): Float32Array {
  const data = new Float32Array(length);
  data[0] = random.next() - 0.5;
  return data;
}
