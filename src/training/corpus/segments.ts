import { logMel80 } from '../../audio/index.js';
import { type Tensor, tensor } from '../../core/index.js';
import type { Draw, RunStats, Stretch } from '../../models/index.js';
import type { Piece } from './split.js';
import { framesIn, samplesIn } from './stretch.js';

/** Pieces of recordings as batches are drawn from them: as they are, or normalised. */
export function stretchesOf(pieces: readonly Piece[], stats?: RunStats): readonly Stretch[] {
  return pieces.map((piece) => ({
    frames: piece.frames,
    framesAt: (at, count) => {
      const frames = framesIn(piece, at, count);
      return stats === undefined ? frames : normalised(frames, stats);
    },
    samplesAt: (at, count, hop) => samplesIn(piece, at, count, hop),
  }));
}

/** The same batches with the log10 mel of every segment by itself (anatomy §4.3). */
export function withSegmentMels(draw: Draw, sampleRate: number): Draw {
  return (random) => {
    const batch = draw(random) as { readonly mel: Tensor; readonly audio: Tensor };
    const samples = batch.audio.shape[2] as number;
    const mel = new Float32Array(batch.mel.data.length);
    const size = mel.length / (batch.mel.shape[0] as number);
    for (let at = 0, from = 0; at < mel.length; at += size, from += samples) {
      const channels = [batch.audio.data.subarray(from, from + samples)];
      mel.set(logMel80({ sampleRate, channels }).data, at);
    }
    return { ...batch, mel: tensor(batch.mel.shape, mel) };
  };
}

/** Frames [t, d] less the mean, by the deviation, column by column; in place. */
export function normalised(frames: Float32Array, { mean, std }: RunStats): Float32Array {
  for (let i = 0; i < frames.length; i++) {
    const c = i % mean.length;
    frames[i] = (frames[i]! - mean[c]!) / std[c]!;
  }
  return frames;
}
