import type { Tensor } from '../../core/index.js';

/**
 * Stretches a mel [B, from, t] over another number of bins by interpolating between neighbours, so
 * that a vocoder of another width can still hear it: the frequencies move, which is the loss such
 * a pairing is chosen for.
 */
export function fitBins({ shape, data }: Tensor, bins: number): Tensor {
  const [batch = 0, from = 0, frames = 0] = shape;
  if (from === bins) return { shape, data };
  const fitted = new Float32Array(batch * bins * frames);
  const step = bins > 1 ? (from - 1) / (bins - 1) : 0;
  for (let row = 0; row < batch * bins; row++) {
    const at = (row % bins) * step;
    const low = Math.floor(at);
    const high = Math.min(low + 1, from - 1);
    const base = Math.floor(row / bins) * from;
    for (let t = 0; t < frames; t++) {
      const [below, above] = [data[(base + low) * frames + t]!, data[(base + high) * frames + t]!];
      fitted[row * frames + t] = below + (at - low) * (above - below);
    }
  }
  return { shape: [batch, bins, frames], data: fitted };
}
