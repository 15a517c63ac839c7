import { type Audio, type Random, UserError } from '../../core/index.js';

/**
 * Draws which samples each merged file joins: `channels` different ones, in an order of their own.
 * What is drawn twice is one file, so there may be fewer than `files`.
 */
export function drawMerges(
  count: number,
  channels: number,
  files: number,
  random: Random,
): readonly (readonly number[])[] {
  if (!Number.isSafeInteger(channels) || channels < 1) {
    throw new UserError({ what: `${channels} channels`, allowed: 'a whole number above 0' });
  }
  const width = Math.min(channels, count);
  const drawn = Array.from({ length: files }, () => drawDistinct(count, width, random));
  return [...new Map(drawn.map((merge) => [merge.join('-'), merge])).values()];
}

function drawDistinct(count: number, width: number, random: Random): readonly number[] {
  const left = Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: width }, () => left.splice(random.below(left.length), 1)[0]!);
}

/** Joins the first channels of several sounds into one, cut to the shortest (anatomy §6.2). */
export function mergeChannels(sounds: readonly Audio[]): Audio {
  const firsts = sounds.map(({ channels }) => channels[0] ?? new Float32Array());
  const length = Math.min(...firsts.map((channel) => channel.length));
  return {
    sampleRate: sounds.at(-1)?.sampleRate ?? 44_100,
    channels: firsts.map((channel) => channel.slice(0, length)),
  };
}
