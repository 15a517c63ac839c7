import type { Matrix, Mel } from '../../core/index.js';

/** Coefficients of a mel's cepstrum, as many as the descriptors' own MFCCs. */
export const CEPSTRUM_SIZE = 13;

/**
 * The MFCCs of a log10 mel [bins, t] as [t, 13]: decibels (20·log10, never under −100) through the
 * orthonormal DCT-II, coefficients 0 to 12. Every set that a generator is compared with goes this
 * one way.
 */
export function melCepstrum({ rows, columns, data }: Mel): Matrix {
  const basis = cosines(rows);
  const out = new Float32Array(columns * CEPSTRUM_SIZE);
  for (let t = 0; t < columns; t++) {
    for (let k = 0; k < CEPSTRUM_SIZE; k++) {
      let sum = 0;
      for (let b = 0; b < rows; b++) {
        sum += basis[k * rows + b]! * 20 * Math.max(-5, data[b * columns + t]!);
      }
      out[t * CEPSTRUM_SIZE + k] = sum;
    }
  }
  return { rows: columns, columns: CEPSTRUM_SIZE, data: out };
}

function cosines(bins: number): Float64Array {
  return Float64Array.from({ length: CEPSTRUM_SIZE * bins }, (_, i) => {
    const [k, b] = [Math.floor(i / bins), i % bins];
    const scale = Math.sqrt((k === 0 ? 1 : 2) / bins);
    return scale * Math.cos((Math.PI * k * (2 * b + 1)) / (2 * bins));
  });
}

/** Matrices of one width, one below the other. */
export function stacked(parts: readonly Matrix[]): Matrix {
  const columns = parts[0]?.columns ?? 0;
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { rows: columns === 0 ? 0 : data.length / columns, columns, data };
}
