import {
  type Note,
  type Technique,
  pitchTrack,
  playNote,
  rmsDb,
  simpleDescriptors,
} from '../../src/audio/index.js';
import { seededRandom } from '../../src/core/index.js';

/** The rate of all these sounds. */
export const RATE = 44_100;

/** A note of a second at 440 Hz unless said otherwise. */
export function play(note: Partial<Note> & { technique: Technique }, seed = 1): Float32Array {
  const random = seededRandom(seed, 'bow');
  return playNote({ f0Hz: 440, seconds: 1, ...note }, { sampleRate: RATE, random });
}

/** Samples as mono sound. */
export function audio(samples: Float32Array): { sampleRate: number; channels: Float32Array[] } {
  return { sampleRate: RATE, channels: [samples] };
}

/** The median of some numbers. */
export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Hertz in the middle of a note, by the median of what the pitch tracker hears. */
export function pitchOf(samples: Float32Array): number {
  const part = samples.subarray(Math.round(0.25 * RATE), Math.round(0.9 * RATE));
  const track = pitchTrack(audio(part), { hopLength: 512, frameLength: 4096 });
  return middle(track.map(({ f0Hz }) => f0Hz));
}

/** The median centroid of a technique while it holds its note, in hertz. */
export function centroidOf(technique: Technique): number {
  const part = play({ technique }).subarray(0.3 * RATE, 0.8 * RATE);
  const { centroid } = simpleDescriptors(audio(part));
  return middle([...centroid]);
}

/** Level of every 10 ms, in decibels. */
export function levels(samples: Float32Array): readonly number[] {
  const hop = RATE / 100;
  return Array.from({ length: Math.floor(samples.length / hop) }, (_, i) =>
    rmsDb(audio(samples.subarray(i * hop, (i + 1) * hop))),
  );
}

/**
 * How strongly the level goes up and down at a rate, against its mean, over the middle of a note.
 */
export function pulsation(samples: Float32Array, hz: number): number {
  const inside = levels(samples)
    .slice(20, 180)
    .map((db) => 10 ** (db / 20));
  const mean = inside.reduce((sum, x) => sum + x, 0) / inside.length;
  const [re, im] = [Math.cos, Math.sin].map((wave) =>
    inside.reduce((sum, x, i) => sum + (x - mean) * wave((2 * Math.PI * hz * i) / 100), 0),
  );
  return (2 * Math.hypot(re!, im!)) / inside.length / mean;
}

/** Energy at a frequency, by correlation with one second of it under a window. */
export function energyAt(samples: Float32Array, hz: number): number {
  let [re, im] = [0, 0];
  const length = Math.round(0.5 * RATE);
  for (let i = 0; i < length; i++) {
    const x = samples[i + 0.3 * RATE]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
    re += x * Math.cos((2 * Math.PI * hz * i) / RATE);
    im += x * Math.sin((2 * Math.PI * hz * i) / RATE);
  }
  return re * re + im * im;
}
