import type { Random } from '../../core/index.js';
import { throughBody } from './body.js';
import { decimate } from './decimate.js';
import type { Gesture } from './gesture.js';
import { CONTROL_SAMPLES, gestureOf } from './gesture.js';
import type { Manner } from './manner.js';
import { MANNERS } from './manner.js';
import type { Note, PlayableNote } from './note.js';
import { playable } from './note.js';
import { touchOf } from './touch.js';
import { Waveguide } from './waveguide.js';

/**
 * The rate the string computes at is the least multiple of the asked one that is not below this.
 */
const INNER_RATE_MIN = 80_000;
/**
 * Bow force at the bridge end of the clear range, over twice the string's impedance; tried by ear
 * and by measure.
 */
const FORCE_AT_BRIDGE = 0.09;
const PEAK_MAX = 10 ** (-1 / 20);

/**
 * Where sound is asked for: its rate in hertz, and the source of every small difference between two
 * notes.
 */
export interface PlayOptions {
  readonly sampleRate: number;
  readonly random: Random;
}

/**
 * Plays one note on a bowed string with a body: mono, at most −1 dBFS, finite whatever is asked. It
 * is longer than `note.seconds` by the string's ringing (at most 0.4 s) and as loud as
 * `note.loudnessDb`.
 */
export function playNote(note: Note, { sampleRate, random }: PlayOptions): Float32Array {
  const asked = playable(note);
  const wave = bridgeWave(asked, { sampleRate, random });
  throughBody(wave, sampleRate, highsDbOf(asked));
  fadeOut(wave, Math.round(MANNERS[asked.technique].tailSeconds * sampleRate));
  scale(wave, gainFor(wave, asked.loudnessDb, sampleRate));
  return wave;
}

/**
 * Soft playing is dark, loud playing bright: three tenths of a decibel in the highs for each of
 * level.
 */
function highsDbOf({ technique, loudnessDb }: PlayableNote): number {
  return MANNERS[technique].highsDb + Math.max(-8, Math.min(4, 0.3 * (loudnessDb + 20)));
}

function bridgeWave(note: PlayableNote, { sampleRate, random }: PlayOptions): Float32Array {
  const manner = MANNERS[note.technique];
  const factor = Math.max(1, Math.ceil(INNER_RATE_MIN / sampleRate));
  const inner = sampleRate * factor;
  const samples = Math.ceil((note.seconds + manner.tailSeconds) * inner);
  const frames = Math.ceil(samples / CONTROL_SAMPLES) + 1;
  const gesture = gestureOf(note, manner, { frames, frameHz: inner / CONTROL_SAMPLES, random });
  const fast = new Float32Array(samples);
  drive(fast, { note, manner, gesture, inner, random });
  return decimate(fast, factor);
}

interface Drive {
  readonly note: PlayableNote;
  readonly manner: Manner;
  readonly gesture: Gesture;
  readonly inner: number;
  readonly random: Random;
}

function drive(fast: Float32Array, { note, manner, gesture, inner, random }: Drive): void {
  const partial = note.technique === 'harmonics' ? note.partial : 1;
  const period = (inner * partial) / note.f0Hz;
  const bridgeSamples = Math.max(2, Math.round(manner.contact * period));
  const string = strung({ note, manner, inner, partial, bridgeSamples });
  // Schelleng 1973: the force that gives a clear tone falls with the distance from the bridge.
  const forceUnit = (FORCE_AT_BRIDGE * period) / bridgeSamples;
  const delays = gesture.f0Hz.map((f0Hz) => string.delayFor((inner * partial) / f0Hz));
  const touch = touchOf(note, inner, random);
  for (let i = 0; i < fast.length; i++) {
    const at = i / CONTROL_SAMPLES;
    const bow = between(gesture.bow, at);
    const hair = bow * manner.hair * (random.next() - 0.5);
    const force = forceUnit * between(gesture.force, at);
    fast[i] = string.step(between(delays, at), bow + hair, force, touch[i] ?? 0);
  }
}

type Stringing = Pick<Drive, 'note' | 'manner' | 'inner'> & {
  readonly partial: number;
  readonly bridgeSamples: number;
};

function strung({ note, manner, inner, partial, bridgeSamples }: Stringing): Waveguide {
  // Vibrato and the far side of a light finger reach beyond the period of the lowest note.
  const lowest = Math.min(note.f0Hz, note.toF0Hz) / partial / 1.6;
  return new Waveguide({
    periodMax: inner / lowest,
    bridgeSamples,
    nutGain: 10 ** (-3 / (440 * manner.ringSeconds)),
    bridgePole: manner.bridgePole ** (88_200 / inner),
    partial,
  });
}

function between(curve: Float64Array, at: number): number {
  const left = Math.floor(at);
  const a = curve[left]!;
  return a + (at - left) * (curve[left + 1]! - a);
}

function fadeOut(wave: Float32Array, samples: number): void {
  const start = Math.max(0, wave.length - samples);
  for (let i = start; i < wave.length; i++) {
    wave[i]! *= 0.5 + 0.5 * Math.cos((Math.PI * (i - start + 1)) / (wave.length - start));
  }
}

/**
 * Brings the loudest fifth of a second to the asked level, unless a peak would then pass −1 dBFS.
 */
function gainFor(wave: Float32Array, loudnessDb: number, sampleRate: number): number {
  const rms = loudestRms(wave, Math.round(0.2 * sampleRate));
  const peak = peakOf(wave);
  return peak === 0 ? 0 : Math.min(10 ** (loudnessDb / 20) / rms, PEAK_MAX / peak);
}

function loudestRms(wave: Float32Array, window: number): number {
  let loudest = 0;
  for (let start = 0; start < wave.length; start += window) {
    const part = wave.subarray(start, start + window);
    loudest = Math.max(loudest, part.reduce((sum, x) => sum + x * x, 0) / window);
  }
  return Math.sqrt(loudest);
}

function peakOf(wave: Float32Array): number {
  return wave.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
}

function scale(wave: Float32Array, gain: number): void {
  for (let i = 0; i < wave.length; i++) wave[i]! *= gain;
}
