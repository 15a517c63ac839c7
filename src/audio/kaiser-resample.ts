import { besselI0 } from './kaiser-window.js';

const ZEROS = 64;
const STEPS = 512;
const ROLLOFF = 0.9475937167399596;
const BETA = 14.769656459379492;

let table: Float64Array | undefined;

/**
 * Mono samples at another rate, ⌈N · to / from⌉ of them, by interpolating a Kaiser-windowed sinc of
 * 64 zeros (Smith, "Digital Audio Resampling"; the `kaiser_best` that librosa 0.8 loads with).
 */
export function resampleKaiser(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const ratio = to / from;
  const out = new Float32Array(Math.ceil(samples.length * ratio));
  const wing = new Wing(Math.min(1, ratio));
  for (let t = 0; t < Math.floor(samples.length * ratio); t++) {
    const time = t / ratio;
    const n = Math.floor(time);
    const past = wing.sum(samples, n, -1, time - n);
    out[t] = (past + wing.sum(samples, n + 1, 1, 1 - (time - n))) * Math.min(1, ratio);
  }
  return out;
}

/** One side of the sinc, stretched by `scale` where the rate falls. */
class Wing {
  readonly #sinc = (table ??= sincTable());
  readonly #scale: number;
  readonly #step: number;

  constructor(scale: number) {
    this.#scale = scale;
    this.#step = Math.floor(scale * STEPS);
  }

  /** Weighs the samples from `first` outwards, the first of them `distance` samples away. */
  sum(samples: Float32Array, first: number, way: 1 | -1, distance: number): number {
    const sinc = this.#sinc;
    const position = distance * this.#scale * STEPS;
    const offset = Math.floor(position);
    const part = position - offset;
    const within = way === 1 ? samples.length - first : first + 1;
    const count = Math.min(within, Math.floor((ZEROS * STEPS + 1 - offset) / this.#step));
    let sum = 0;
    for (let i = 0, at = offset; i < count; i++, at += this.#step) {
      const weight = sinc[at]! + part * (sinc[at + 1]! - sinc[at]!);
      sum += weight * samples[first + way * i]!;
    }
    return sum;
  }
}

function sincTable(): Float64Array {
  const size = ZEROS * STEPS;
  const values = Float64Array.from({ length: size + 2 }, (_, i) => {
    const x = (Math.PI * ROLLOFF * i) / STEPS;
    const taper = besselI0(BETA * Math.sqrt(Math.max(0, 1 - (i / size) ** 2))) / besselI0(BETA);
    return ROLLOFF * (i === 0 ? 1 : Math.sin(x) / x) * taper;
  });
  values[size + 1] = values[size]!;
  return values;
}
