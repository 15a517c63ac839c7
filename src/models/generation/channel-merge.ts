import { type Audio, type Random, UserError } from '../../core/index.js';

/**
 * Draws which samples each merged file joins: `channels` different ones, the same again in another
 * file perhaps.
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
  return Array.from({ length: files }, () => {
    const left = Array.from({ length: count }, (_, i) => i);
    return Array.from({ length: width }, () => left.splice(random.below(left.length), 1)[0]!);
  });
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
