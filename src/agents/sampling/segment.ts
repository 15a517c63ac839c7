import type { Ancestor, Descriptors, Samples } from '../../core/index.js';

/** A stretch of sound the sampler has heard and may play from, with its descriptors. */
export interface Segment extends Ancestor {
  /** Mono, at the scenario's sample rate. */
  readonly samples: Float32Array;
  /** Frame f is centred on sample f · hop and stands for one hop of sound around it. */
  readonly frames: Descriptors;
  /** Whether it is never given away as debris and forgotten last. */
  readonly kept: boolean;
  readonly heardAt: Samples;
}

/** A stretch of a segment that can be matched: `length` frames from `frame` on. */
export interface Unit {
  readonly segment: Segment;
  readonly frame: number;
  readonly length: number;
}

/** How many frames lie wholly inside a segment's sound: none past its edge; one at least. */
export function soundingFrames({ samples, frames }: Segment): number {
  const inside = Math.floor(samples.length / frames.hopLength + 0.5);
  return Math.max(1, Math.min(inside, frames.rows));
}

/**
 * The units of a segment, `length` frames long and half overlapping, so that each has its natural
 * successor. A segment shorter than that is one short unit.
 */
export function unitsOf(segment: Segment, length: number): Unit[] {
  const frames = soundingFrames(segment);
  if (frames <= length) return [{ segment, frame: 0, length: frames }];
  const stride = strideOf(length);
  const count = Math.floor((frames - length) / stride) + 1;
  return Array.from({ length: count }, (_, i) => ({ segment, frame: i * stride, length }));
}

/**
 * Frames from one unit's start to the next's: half a unit where that is whole, so that successors
 * are units too.
 */
export function strideOf(length: number): number {
  return length % 2 === 0 ? length / 2 : 1;
}

/** The unit that follows in the same sound without a seam; undefined at its end. */
export function successorOf(unit: Unit, length: number): Unit | undefined {
  const frame = unit.frame + unit.length;
  const fits = unit.length === length && frame + length <= soundingFrames(unit.segment);
  return fits ? { segment: unit.segment, frame, length } : undefined;
}

/** `envelope@sample`: how matches name a unit. The sample is the centre of its first frame. */
export function unitName({ segment, frame }: Unit): string {
  return `${segment.id}@${frame * segment.frames.hopLength}`;
}

/** Whether two units share sound. */
export function overlap(a: Unit, b: Unit): boolean {
  if (a.segment !== b.segment) return false;
  return a.frame < b.frame + b.length && b.frame < a.frame + a.length;
}
