import { type Random, sizeOf, tensor, UserError } from '../../../core/index.js';
import type { Tensor, Tensors } from '../../../core/index.js';
import type { StepDesign } from '../steps/training-step.js';
import type { BatchSource } from '../trainer.js';

/** A recording as a vocoder learns it: mel [bins, t] and its samples, hop·t of them or more. */
export interface VocoderClip {
  readonly mel: Tensor;
  readonly audio: Float32Array;
}

/**
 * Windows of normalised descriptors: a sequence [n, d] drawn evenly, then a place in it. Throws a
 * UserError when none is as long as the design's window.
 */
export function descriptorBatches(design: StepDesign, sequences: readonly Tensor[]): BatchSource {
  const [batch, frames, size] = shapeIn(design, 'window') as [number, number, number];
  const usable = longEnough(sequences, (each) => each.shape[0] as number, frames);
  return (random) => {
    const data = new Float32Array(batch * frames * size);
    for (let b = 0; b < batch; b++) {
      const each = random.pick(usable);
      const from = random.below((each.shape[0] as number) - frames + 1) * size;
      data.set(each.data.subarray(from, from + frames * size), b * frames * size);
    }
    return { window: tensor([batch, frames, size], data) };
  };
}

/** Segments of recordings, the longer ones drawn more often, as mel-GAN's own loader does. */
export function vocoderBatches(design: StepDesign, clips: readonly VocoderClip[]): BatchSource {
  const [batch, bins, frames] = shapeIn(design, 'mel') as [number, number, number];
  const samples = shapeIn(design, 'audio')[2] as number;
  const usable = longEnough(clips, ({ mel }) => mel.shape[1] as number, frames);
  const draw = byLength(usable.map(({ mel }) => mel.shape[1] as number));
  return (random) => {
    const mel = new Float32Array(batch * bins * frames);
    const audio = new Float32Array(batch * samples);
    for (let b = 0; b < batch; b++) {
      const clip = usable[draw(random)] as VocoderClip;
      const from = random.below((clip.mel.shape[1] as number) - frames + 1);
      copyFrames(mel, b, clip.mel, from, frames);
      const start = (from * samples) / frames;
      audio.set(clip.audio.subarray(start, start + samples), b * samples);
    }
    return {
      mel: tensor([batch, bins, frames], mel),
      audio: tensor([batch, 1, samples], audio),
    };
  };
}

/** Segments of normalised mels [bins, t] and all the noise that una-GAN's step asks for. */
export function melBatches(design: StepDesign, mels: readonly Tensor[]): BatchSource {
  const [batch, bins, frames] = shapeIn(design, 'mel') as [number, number, number];
  const usable = longEnough(mels, (each) => each.shape[1] as number, frames);
  return (random) => {
    const mel = new Float32Array(batch * bins * frames);
    for (let b = 0; b < batch; b++) {
      const each = random.pick(usable);
      copyFrames(mel, b, each, random.below((each.shape[1] as number) - frames + 1), frames);
    }
    return { ...noise(design, random), mel: tensor([batch, bins, frames], mel) };
  };
}

function noise(design: StepDesign, random: Random): Tensors {
  const names = Object.entries(design.batch).filter(([name]) => name !== 'mel');
  const drawn = names.map(([name, shape]) => {
    const data = new Float32Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = random.normal();
    return [name, { shape, data }];
  });
  return Object.fromEntries(drawn);
}

function copyFrames(
  into: Float32Array,
  place: number,
  { shape, data }: Tensor,
  from: number,
  frames: number,
): void {
  const [bins, length] = shape as [number, number];
  for (let bin = 0; bin < bins; bin++) {
    const start = bin * length + from;
    into.set(data.subarray(start, start + frames), (place * bins + bin) * frames);
  }
}

function byLength(lengths: readonly number[]): (random: Random) => number {
  const ends: number[] = [];
  for (const length of lengths) ends.push((ends.at(-1) ?? 0) + length);
  return (random) => {
    const place = random.below(ends.at(-1) as number);
    return ends.findIndex((end) => place < end);
  };
}

function longEnough<T>(items: readonly T[], length: (item: T) => number, least: number): T[] {
  const usable = items.filter((item) => length(item) >= least);
  if (usable.length > 0) return usable;
  const longest = items.reduce((most, item) => Math.max(most, length(item)), 0);
  throw new UserError({
    what: `nothing is long enough to train on: the longest has ${longest} frames`,
    allowed: `at least ${least} frames`,
    hint: 'give longer recordings, or a recipe with a shorter window',
  });
}

function shapeIn(design: StepDesign, name: string): readonly number[] {
  const shape = design.batch[name];
  if (!shape) throw new RangeError(`this step does not hear ${name}`);
  return shape;
}
