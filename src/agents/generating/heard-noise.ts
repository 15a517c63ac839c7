import { logMel80, monoOf, resample, scrub } from '../../audio/index.js';
import type { Audio, Mel, Noise } from '../../core/index.js';
import { type Model, type RunStats, normalise } from '../../models/index.js';
import { withBins } from '../vocoding/mel-heard.js';

/** What a generator can hear. */
export type Hearable =
  | { readonly port: 'noise'; readonly signal: Noise }
  | { readonly port: 'mel'; readonly signal: Mel }
  | { readonly port: 'audio'; readonly signal: Audio };

/** The cycle encoder of a run (anatomy §3.5) and what its mel was normalised with. */
export interface Ear {
  readonly encoder: Model;
  readonly stats: RunStats | null;
  readonly bins: number;
  readonly sampleRate: number;
}

/** Noise that somebody else made; its values that were no numbers are 0. */
export interface HeardNoise {
  readonly noise: Noise;
  readonly scrubbed: number;
}

/** Less is silence to una-GAN's data preparation, which leaves it out (anatomy §2). */
const PEAK_MIN = 1e-10;
/** A spectrum reflects this many samples at both ends. */
const SAMPLES_MIN = 385;

/**
 * What was heard, as noise: z itself, or E of a mel or of a sound (peak-normalised, as una-GAN's
 * training data was). Undefined for what has nothing to encode: silence, too short a sound, noise
 * of another width than `zDim`.
 */
export async function noiseOf(
  heard: Hearable,
  ear: Ear | undefined,
  { zDim, framesMax }: { readonly zDim: number; readonly framesMax: number },
): Promise<HeardNoise | undefined> {
  if (heard.port === 'noise') {
    const { signal } = heard;
    return signal.rows === zDim && signal.columns > 0 ? scrubbedNoise(signal) : undefined;
  }
  if (ear === undefined) return undefined;
  const mel = heard.port === 'mel' ? heard.signal : await melOfSound(heard.signal, ear.sampleRate);
  if (mel === undefined || mel.columns === 0) return undefined;
  return encoded(firstFrames(mel, framesMax), ear);
}

async function melOfSound(audio: Audio, sampleRate: number): Promise<Mel | undefined> {
  const mono = { sampleRate: audio.sampleRate, channels: [scrub(monoOf(audio)).samples] };
  const samples = (await resample(mono, sampleRate)).channels[0]!;
  const peak = samples.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  if (peak < PEAK_MIN || samples.length < SAMPLES_MIN) return undefined;
  return logMel80({ sampleRate, channels: [samples.map((x) => x / peak)] });
}

function firstFrames(mel: Mel, framesMax: number): Mel {
  if (mel.columns <= framesMax) return mel;
  const data = new Float32Array(mel.rows * framesMax);
  for (let b = 0; b < mel.rows; b++) {
    const from = b * mel.columns;
    data.set(mel.data.subarray(from, from + framesMax), b * framesMax);
  }
  return { ...mel, columns: framesMax, data };
}

async function encoded(mel: Mel, { encoder, stats, bins }: Ear): Promise<HeardNoise> {
  const { data, columns } = withBins(mel, bins);
  const raw = { shape: [1, bins, columns], data };
  const ready = stats === null ? raw : normalise(raw, stats);
  const finite = scrubbedNoise({ rows: bins, columns, data: ready.data });
  const { z } = await encoder.run({ mel: { shape: raw.shape, data: finite.noise.data } });
  const [, rows = 0, length = 0] = z!.shape;
  const { noise, scrubbed } = scrubbedNoise({ rows, columns: length, data: z!.data });
  return { noise, scrubbed: scrubbed + finite.scrubbed };
}

function scrubbedNoise(noise: Noise): HeardNoise {
  const scrubbed = noise.data.reduce((sum, x) => sum + (Number.isFinite(x) ? 0 : 1), 0);
  if (scrubbed === 0) return { noise, scrubbed };
  const data = noise.data.map((x) => (Number.isFinite(x) ? x : 0));
  return { noise: { ...noise, data }, scrubbed };
}

/**
 * Fresh noise with what was heard mixed in: √(1 − α)·fresh + √α·heard where there is both, so that
 * noise of unit variance keeps it. Past the end of what was heard all is fresh.
 */
export function mixedNoise(fresh: Noise, heard: Noise, feedback: number): Noise {
  const [kept, added] = [Math.sqrt(1 - feedback), Math.sqrt(feedback)];
  const data = fresh.data.slice();
  const shared = Math.min(fresh.columns, heard.columns);
  for (let row = 0; row < fresh.rows; row++) {
    for (let t = 0; t < shared; t++) {
      const at = row * fresh.columns + t;
      data[at] = kept * data[at]! + added * heard.data[row * heard.columns + t]!;
    }
  }
  return { ...fresh, data };
}
