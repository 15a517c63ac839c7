import { type Random, sizeOf, tensor, UserError } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';

/** Frames that belong together, wherever they lie: segments are drawn from inside one stretch. */
export interface Stretch {
  readonly frames: number;
  /** `count` frames from the frame `at` on: [count, columns], row by row. */
  framesAt(at: number, count: number): Float32Array;
  /** The samples that belong to them, `hop` for each frame, where a network learns those. */
  samplesAt?(at: number, count: number, hop: number): Float32Array;
}

/** Draws a batch for a training step; what is drawn depends on the stream of chance alone. */
export type Draw = (random: Random) => Tensors;

/** The shapes of what a step hears, by name. */
export type BatchShapes = Readonly<Record<string, readonly number[]>>;

/**
 * Segments of mel [B, bins, t] and their samples [B, 1, t·hop], longer stretches drawn more often.
 * A UserError, as of all that draw, when nothing is as long as a segment.
 */
export function drawVocoderBatch(shapes: BatchShapes, stretches: readonly Stretch[]): Draw {
  const [batch, , samples] = shapes['audio'] as [number, number, number];
  const [, bins, frames] = shapes['mel'] as [number, number, number];
  const place = byLength(stretches, frames);
  return (random) => {
    const mel = new Float32Array(batch * bins * frames);
    const audio = new Float32Array(batch * samples);
    for (let b = 0; b < batch; b++) {
      const { stretch, at } = place(random);
      turnInto(mel.subarray(b * bins * frames), stretch.framesAt(at, frames), bins);
      audio.set(stretch.samplesAt!(at, frames, samples / frames), b * samples);
    }
    return {
      mel: tensor([batch, bins, frames], mel),
      audio: tensor([batch, 1, samples], audio),
    };
  };
}

/** Segments of mel [B, bins, t], and normal noise for everything else a step hears. */
export function drawMelBatch(shapes: BatchShapes, stretches: readonly Stretch[]): Draw {
  const [batch, bins, frames] = shapes['mel'] as [number, number, number];
  const place = byLength(stretches, frames);
  return (random) => {
    const mel = new Float32Array(batch * bins * frames);
    for (let b = 0; b < batch; b++) {
      const { stretch, at } = place(random);
      turnInto(mel.subarray(b * bins * frames), stretch.framesAt(at, frames), bins);
    }
    return { ...noise(shapes, random), mel: tensor([batch, bins, frames], mel) };
  };
}

/** Windows of descriptors [B, t, d]; every frame or every stretch as likely as others. */
export function drawWindows(
  shapes: BatchShapes,
  stretches: readonly Stretch[],
  by: 'frames' | 'pieces' = 'frames',
): Draw {
  const [batch, frames, size] = shapes['window'] as [number, number, number];
  const place = by === 'pieces' ? byStretch(stretches, frames) : byLength(stretches, frames);
  return (random) => {
    const data = new Float32Array(batch * frames * size);
    for (let b = 0; b < batch; b++) {
      const { stretch, at } = place(random);
      data.set(stretch.framesAt(at, frames), b * frames * size);
    }
    return { window: tensor([batch, frames, size], data) };
  };
}

/** Turns frames [t, columns] into [columns, t], or back. */
export function turnInto(into: Float32Array, frames: Float32Array, columns: number): void {
  const count = frames.length / columns;
  for (let t = 0; t < count; t++) {
    for (let c = 0; c < columns; c++) into[c * count + t] = frames[t * columns + c]!;
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

type Place = (random: Random) => { readonly stretch: Stretch; readonly at: number };

function byStretch(stretches: readonly Stretch[], frames: number): Place {
  const usable = longEnough(stretches, frames);
  return (random) => {
    const stretch = random.pick(usable);
    return { stretch, at: random.below(stretch.frames - frames + 1) };
  };
}

// Every place where a segment can begin is equally likely.
function byLength(stretches: readonly Stretch[], frames: number): Place {
  const usable = longEnough(stretches, frames);
  const ends: number[] = [];
  for (const stretch of usable) ends.push((ends.at(-1) ?? 0) + stretch.frames - frames + 1);
  return (random) => {
    const place = random.below(ends.at(-1) as number);
    const index = ends.findIndex((end) => place < end);
    return { stretch: usable[index] as Stretch, at: place - (ends[index - 1] ?? 0) };
  };
}

function longEnough(stretches: readonly Stretch[], least: number): readonly Stretch[] {
  const usable = stretches.filter(({ frames }) => frames >= least);
  if (usable.length > 0) return usable;
  const longest = stretches.reduce((most, { frames }) => Math.max(most, frames), 0);
  throw new UserError({
    what: `nothing is long enough to train on: the longest has ${longest} frames`,
    allowed: `at least ${least} frames`,
    hint: 'give longer recordings, or a recipe with a shorter window',
  });
}
