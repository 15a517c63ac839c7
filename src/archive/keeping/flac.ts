import { decodeAudio } from '../../audio/index.js';
import type { Audio } from '../../core/index.js';

const STEPS = 2 ** 23;

/** Both codecs count the steps of 24 bits as though full scale were one less. */
const CODEC_STEPS = STEPS - 1;

/** What FLAC can hold of a sound, in channels and hertz. */
const CHANNELS_MAX = 2;
const RATES: readonly [least: number, most: number] = [1000, 655_350];

/** Why a sound cannot become FLAC without losing more than what 24 bits do not hold. */
export function unfitForFlac({ channels, sampleRate }: Audio): string | undefined {
  if (channels.length === 0 || channels[0]?.length === 0) return 'it holds no samples';
  if (channels.length > CHANNELS_MAX) return `it has ${channels.length} channels`;
  if (sampleRate < RATES[0] || sampleRate > RATES[1]) return `it has ${sampleRate} Hz`;
  if (!Number.isInteger(sampleRate)) return 'its rate is no whole number';
  const fits = (x: number): boolean => x >= -1 && x <= CODEC_STEPS / STEPS + 0.5 / STEPS;
  return channels.every((channel) => channel.every(fits)) ? undefined : 'it is above full scale';
}

/** A sound within full scale as FLAC, 24 bits: every sample a whole number of 2^−23. */
export async function encodeFlac({ channels, sampleRate }: Audio): Promise<Uint8Array> {
  const { default: open } = await import('@audio/encode-flac');
  const encoder = await open({ sampleRate, channels: channels.length, bitDepth: 24 });
  try {
    // Doubles, because a float cannot hold all that the encoder multiplies back to whole numbers.
    const scaled = channels.map((channel) => Float64Array.from(channel, towardsCodec));
    const first = encoder.encode(scaled as unknown as Float32Array[]);
    return Buffer.concat([first, encoder.flush()]);
  } finally {
    encoder.free();
  }
}

/** The sound in a FLAC that `encodeFlac` made, channel after channel as little-endian floats. */
export async function decodeFlac(bytes: Uint8Array): Promise<Uint8Array> {
  const { channels } = await decodeAudio(bytes);
  const length = channels[0]?.length ?? 0;
  const data = new Float32Array(length * channels.length);
  channels.forEach((channel, c) => {
    for (let i = 0; i < length; i++) {
      data[c * length + i] = Math.round((channel[i] as number) * CODEC_STEPS) / STEPS;
    }
  });
  return new Uint8Array(data.buffer);
}

function towardsCodec(x: number): number {
  return Math.min(Math.round(x * STEPS), CODEC_STEPS) / CODEC_STEPS;
}
