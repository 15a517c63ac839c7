import { logMel80 } from '../../audio/index.js';
import { type Random, sizeOf, tensor } from '../../core/index.js';
import type { Tensor, Tensors } from '../../core/index.js';
import type { RunStats } from '../../models/index.js';
import type { Piece } from './split.js';
import { framesIn, samplesIn } from './stretch.js';

/** Draws a batch for a training step; what is drawn depends on the stream of chance alone. */
export type Draw = (random: Random) => Tensors;

/** The shapes of what a step hears, by name. */
export type BatchShapes = Readonly<Record<string, readonly number[]>>;

/** Segments of mel [B, bins, t] and their samples [B, 1, t·hop], longer pieces drawn more often. */
export function drawVocoderBatch(shapes: BatchShapes, pieces: readonly Piece[]): Draw {
  const [batch, bins, frames] = shapes['mel'] as [number, number, number];
  const samples = (shapes['audio'] as readonly number[])[2] as number;
  const place = byLength(pieces, frames);
  return (random) => {
    const mel = new Float32Array(batch * bins * frames);
    const audio = new Float32Array(batch * samples);
    for (let b = 0; b < batch; b++) {
      const { piece, at } = place(random);
      turnInto(mel.subarray(b * bins * frames), framesIn(piece, at, frames), bins);
      audio.set(samplesIn(piece, at, frames, samples / frames), b * samples);
    }
    return {
      mel: tensor([batch, bins, frames], mel),
      audio: tensor([batch, 1, samples], audio),
    };
  };
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

/** Normalised segments of mel [B, bins, t], and normal noise for everything else a step hears. */
export function drawMelBatch(shapes: BatchShapes, pieces: readonly Piece[], stats: RunStats): Draw {
  const [batch, bins, frames] = shapes['mel'] as [number, number, number];
  const place = byLength(pieces, frames);
  return (random) => {
    const mel = new Float32Array(batch * bins * frames);
    for (let b = 0; b < batch; b++) {
      const { piece, at } = place(random);
      const found = normalised(framesIn(piece, at, frames), stats);
      turnInto(mel.subarray(b * bins * frames), found, bins);
    }
    return { ...noise(shapes, random), mel: tensor([batch, bins, frames], mel) };
  };
}

/** Normalised windows of descriptors [B, t, d]; every frame or every piece as likely as others. */
export function drawWindows(
  shapes: BatchShapes,
  pieces: readonly Piece[],
  stats: RunStats,
  by: 'frames' | 'pieces' = 'frames',
): Draw {
  const [batch, frames, size] = shapes['window'] as [number, number, number];
  const place = by === 'pieces' ? byPiece(pieces, frames) : byLength(pieces, frames);
  return (random) => {
    const data = new Float32Array(batch * frames * size);
    for (let b = 0; b < batch; b++) {
      const { piece, at } = place(random);
      data.set(normalised(framesIn(piece, at, frames), stats), b * frames * size);
    }
    return { window: tensor([batch, frames, size], data) };
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

/** Turns frames [t, bins] into [bins, t]. */
export function turnInto(into: Float32Array, frames: Float32Array, bins: number): void {
  const count = frames.length / bins;
  for (let t = 0; t < count; t++) {
    for (let bin = 0; bin < bins; bin++) into[bin * count + t] = frames[t * bins + bin]!;
  }
}

function noise(shapes: BatchShapes, random: Random): Tensors {
  const names = Object.entries(shapes).filter(([name]) => name !== 'mel');
  const drawn = names.map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
    return [name, { shape, data }];
  });
  return Object.fromEntries(drawn);
}

type Place = (random: Random) => { readonly piece: Piece; readonly at: number };

function byPiece(pieces: readonly Piece[], frames: number): Place {
  return (random) => {
    const piece = random.pick(pieces);
    return { piece, at: random.below(piece.frames - frames + 1) };
  };
}

// Every place where a segment can begin is equally likely.
function byLength(pieces: readonly Piece[], frames: number): Place {
  const ends: number[] = [];
  for (const piece of pieces) ends.push((ends.at(-1) ?? 0) + piece.frames - frames + 1);
  return (random) => {
    const place = random.below(ends.at(-1) as number);
    const index = ends.findIndex((end) => place < end);
    return { piece: pieces[index] as Piece, at: place - (index === 0 ? 0 : ends[index - 1]!) };
  };
}
