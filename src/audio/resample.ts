import type { Audio } from '../core/index.js';
import { resampleKaiser } from './kaiser-resample.js';

/**
 * Which converter: `libsamplerate` is its MEDIUM sinc, over 120 dB; `kaiser` is what the original
 * loaded with, which scales sound by up to 0.3 % where the rate falls.
 */
export type Resampler = 'kaiser' | 'libsamplerate';

/** Room for libsamplerate's filter to ring out, so that no tail is lost. */
const TAIL = 4096;

/** A sound at another rate, ⌈N · to / from⌉ samples long and not delayed. */
export async function resample(
  audio: Audio,
  sampleRate: number,
  resampler: Resampler = 'libsamplerate',
): Promise<Audio> {
  const from = audio.sampleRate;
  if (from === sampleRate) return audio;
  const channels: Float32Array[] = [];
  for (const channel of audio.channels) {
    const kaiser = resampler === 'kaiser';
    const convert = kaiser ? resampleKaiser : resampleLibsamplerate;
    channels.push(await convert(channel, from, sampleRate));
  }
  return { sampleRate, channels };
}

async function resampleLibsamplerate(
  samples: Float32Array,
  from: number,
  to: number,
): Promise<Float32Array> {
  const { ConverterType, create } = await import('@alexanderolsen/libsamplerate-js');
  const converterType = ConverterType.SRC_SINC_MEDIUM_QUALITY;
  const converter = await create(1, from, to, { converterType });
  try {
    const ringing = new Float32Array(samples.length + TAIL);
    ringing.set(samples);
    const out = new Float32Array(Math.ceil((samples.length * to) / from));
    out.set(converter.simple(ringing).subarray(0, out.length));
    return out;
  } finally {
    converter.destroy();
  }
}
