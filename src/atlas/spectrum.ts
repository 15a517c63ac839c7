import { MEL_HOP, griffinLim, logMel80, mfcc39, monoOf } from '../audio/index.js';
import type { Audio, Descriptors, Mel, Random, SignalKind, SignalMap } from '../core/index.js';

/** The signals an atlas can follow: those that describe a spectrum. */
export type Followed = 'audio' | 'mel' | 'descriptors';

/** Those signals, best first: what is sound already tells most. */
export const FOLLOWED: readonly Followed[] = ['audio', 'mel', 'descriptors'];

/** Whether a port carries what an atlas can follow. */
export function isFollowed(carries: SignalKind): carries is Followed {
  return (FOLLOWED as readonly SignalKind[]).includes(carries);
}

/** A mel needs so many samples; a shorter sound is one with silence behind it. */
const SAMPLES_MIN = 1024;
const BANDS = 80;
const LOG_FLOOR = -5;

/**
 * Any followed signal as the mel it is or stands for, [80, t] in log10 of amplitude; of an empty
 * one, silence. Undefined where there are values that are no numbers, or descriptors that are no
 * MFCCs.
 */
export function spectrumOf(carries: Followed, signal: SignalMap[Followed]): Mel | undefined {
  if (carries === 'audio') return melOfSound(signal as Audio);
  const matrix = signal as Mel | Descriptors;
  if (!matrix.data.every(Number.isFinite)) return undefined;
  if (carries === 'descriptors') return melOfCepstrum(signal as Descriptors);
  return matrix.columns > 0 ? (signal as Mel) : silentMel(matrix.sampleRate);
}

function silentMel(sampleRate: number): Mel {
  const data = new Float32Array(BANDS * 4).fill(LOG_FLOOR);
  return { rows: BANDS, columns: 4, data, hopLength: MEL_HOP, sampleRate };
}

function melOfSound(audio: Audio): Mel | undefined {
  const samples = monoOf(audio);
  if (!samples.every(Number.isFinite)) return undefined;
  const room = new Float32Array(Math.max(samples.length, SAMPLES_MIN));
  room.set(samples);
  return logMel80({ sampleRate: audio.sampleRate, channels: [room] });
}

/**
 * How much lower broadband noise lies in an amplitude mel of 1024 samples than in the power mel of
 * 2048 that MFCCs are taken from: 20 log10(0.40) − 10 log10(35.7) dB at equal level.
 */
const OFFSET_DB = -23.4;
const COEFFICIENTS = 13;
const SOURCE_BANDS = 128;

/** The smooth spectrum that the first 13 MFCCs stand for: their cosines, added up again. */
function melOfCepstrum(heard: Descriptors): Mel | undefined {
  const at = Array.from({ length: COEFFICIENTS }, (_, k) => heard.names.indexOf(`mfcc${k}`));
  if (at.includes(-1)) return undefined;
  if (heard.rows === 0) return silentMel(heard.sampleRate);
  const frames = Math.max(1, Math.round((heard.rows * heard.hopLength) / MEL_HOP));
  const data = new Float32Array(BANDS * frames);
  for (let t = 0; t < frames; t++) {
    const row = Math.min(heard.rows - 1, Math.floor((t * MEL_HOP) / heard.hopLength));
    for (let b = 0; b < BANDS; b++) {
      let db = OFFSET_DB;
      for (let k = 0; k < COEFFICIENTS; k++) {
        db += heard.data[row * heard.columns + at[k]!]! * cosine(k, b);
      }
      data[b * frames + t] = Math.max(LOG_FLOOR, db / 20);
    }
  }
  return { rows: BANDS, columns: frames, data, hopLength: MEL_HOP, sampleRate: heard.sampleRate };
}

function cosine(k: number, band: number): number {
  const scale = Math.sqrt((k === 0 ? 1 : 2) / SOURCE_BANDS);
  return scale * Math.cos((Math.PI * k * (band + 0.5)) / BANDS);
}

/** A followed signal as sound; what is none is guessed at with Griffin–Lim. */
export function soundOf(
  carries: Followed,
  signal: SignalMap[Followed],
  random: Random,
): Audio | undefined {
  if (carries === 'audio') return signal as Audio;
  const mel = spectrumOf(carries, signal);
  return mel && griffinLim(mel, { random, iterations: 16 });
}

/** A sound as the signal a port hears. */
export function asHeard(carries: Followed, audio: Audio): SignalMap[Followed] {
  if (carries === 'audio') return audio;
  return carries === 'mel' ? logMel80(audio) : mfcc39(audio);
}
