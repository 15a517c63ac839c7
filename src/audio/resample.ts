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
  const long = samples.length > SIMPLE_MAX;
  const converter = await (long ? startConverter(from, to) : converterOf(from, to));
  const out = new Float32Array(Math.ceil((samples.length * to) / from));
  const ringing = new Float32Array(samples.length + TAIL);
  ringing.set(samples);
  out.set(converter.simple(ringing).subarray(0, out.length));
  if (long) converter.destroy();
  return out;
}

type Converter = Awaited<ReturnType<typeof import('@alexanderolsen/libsamplerate-js').create>>;

/** Longer sound is converted in parts and leaves the converter with a state, so it has its own. */
const SIMPLE_MAX = 500_000;
const CONVERTERS_MAX = 4;
/** Starting one costs as much as converting a second of sound. */
const converters = new Map<string, Promise<Converter>>();

async function converterOf(from: number, to: number): Promise<Converter> {
  const key = `${from}:${to}`;
  const known = converters.get(key) ?? startConverter(from, to);
  converters.delete(key);
  converters.set(key, known);
  const [oldest] = converters.keys();
  if (converters.size > CONVERTERS_MAX) converters.delete(oldest as string);
  return known;
}

async function startConverter(from: number, to: number): Promise<Converter> {
  const { ConverterType, create } = libraryIn(await import('@alexanderolsen/libsamplerate-js'));
  return create(1, from, to, { converterType: ConverterType.SRC_SINC_MEDIUM_QUALITY });
}

type Library = typeof import('@alexanderolsen/libsamplerate-js');

/** Node finds no names in this CommonJS package and gives it whole, as `default`. */
function libraryIn(found: Partial<Library> & { readonly default?: Library }): Library {
  return found.default ?? (found as Library);
}
