import type { Audio } from '../../core/index.js';
import { type Pitch, monoOf, onsets, pitchTrack, scrub } from '../../audio/index.js';

/** One note, or one noise, as she hears it. */
export interface HeardNote {
  /** Seconds after the beginning of what was heard. */
  readonly startSeconds: number;
  readonly seconds: number;
  /** Pitch at its beginning; 0 for a noise. */
  readonly f0Hz: number;
  /** Pitch at its end; another than `f0Hz` for a slide. */
  readonly toF0Hz: number;
  readonly loudnessDb: number;
  /** How far its level falls from its first half to its second, in decibels. */
  readonly fallDb: number;
  /** How much its level flutters within a tenth of a second, whatever its slow course; decibels. */
  readonly flutterDb: number;
  /** Notes per second when it is a trill between `f0Hz` and `toF0Hz`. */
  readonly trillHz?: number;
}

const HOP = 1024;
const FRAME = 2048;
const CLEAR = 0.8;
const SILENT_DB = -60;
const UNDER_LOUDEST_DB = 35;
const LEAP_CENTS = 80;
const STEADY_CENTS = 40;
const CHANGE_FRAMES_MAX = 4;
const FRAMES_MIN = 2;

/**
 * The notes in a sound: stretches between onsets, leaps of pitch and silences, at least 46 ms long
 * (at 44.1 kHz). Silence and nothing have none; samples that are no numbers count as silence.
 */
export function notesIn(audio: Audio): readonly HeardNote[] {
  const samples = scrub(monoOf(audio)).samples;
  if (samples.length === 0) return [];
  const whole = new Float32Array(Math.max(samples.length, FRAME + HOP));
  whole.set(samples);
  const sound: Audio = { sampleRate: audio.sampleRate, channels: [whole] };
  const track = pitchTrack(sound, { hopLength: HOP, frameLength: FRAME });
  const begins = new Set(onsets(sound).map(({ sample }) => Math.round(sample / HOP)));
  const frameSeconds = HOP / audio.sampleRate;
  return stretches(track, begins).map(([from, to]) => noteOf(track, from, to, frameSeconds));
}

type Stretch = readonly [from: number, to: number];

/** Frames `from` (inclusive) to `to` (exclusive) of each note. */
function stretches(track: readonly Pitch[], begins: ReadonlySet<number>): readonly Stretch[] {
  const loudest = track.reduce((most, { rmsDb }) => Math.max(most, rmsDb), SILENT_DB);
  const floor = Math.max(SILENT_DB, loudest - UNDER_LOUDEST_DB);
  const found: Stretch[] = [];
  let from = -1;
  for (let t = 0; t <= track.length; t++) {
    const sounds = t < track.length && track[t]!.rmsDb > floor;
    const cut = !sounds || begins.has(t) || leaps(track, t);
    if (from >= 0 && cut && t - from >= FRAMES_MIN) {
      found.push([from, t]);
      from = -1;
    }
    if (!sounds) from = -1;
    else if (from < 0) from = t;
  }
  return found;
}

/**
 * Whether a steady pitch begins at a frame that is another than the last steady one just before:
 * the frames between two notes hold both, and one odd frame is an error of the ear.
 */
function leaps(track: readonly Pitch[], t: number): boolean {
  if (!isSteady(track, t)) return false;
  for (let before = t - 1; before >= t - CHANGE_FRAMES_MAX; before--) {
    if (isSteady(track, before)) return cents(track[before]!, track[t]!) > LEAP_CENTS;
  }
  return false;
}

function isSteady(track: readonly Pitch[], t: number): boolean {
  const [now, after] = [track[t], track[t + 1]];
  return isClear(now) && isClear(after) && cents(now, after) <= STEADY_CENTS;
}

function isClear(pitch: Pitch | undefined): pitch is Pitch {
  return pitch !== undefined && pitch.f0Hz > 0 && pitch.clarity >= CLEAR;
}

function cents(a: Pitch, b: Pitch): number {
  return Math.abs(1200 * Math.log2(b.f0Hz / a.f0Hz));
}

function noteOf(
  track: readonly Pitch[],
  from: number,
  to: number,
  frameSeconds: number,
): HeardNote {
  const frames = track.slice(from, to);
  const levels = frames.map(({ rmsDb }) => Math.max(SILENT_DB, rmsDb));
  const half = Math.ceil(levels.length / 2);
  const loudnessDb = mean(levels);
  return {
    startSeconds: from * frameSeconds,
    seconds: (to - from) * frameSeconds,
    ...pitchesOf(frames),
    loudnessDb,
    fallDb: mean(levels.slice(0, half)) - mean(levels.slice(-half)),
    flutterDb: flutterOf(levels),
  };
}

/**
 * Pitch in the first and the last third, by the middle clear frame; no pitch when few are clear.
 */
function pitchesOf(frames: readonly Pitch[]): Pick<HeardNote, 'f0Hz' | 'toF0Hz'> {
  const clear = frames.filter(isClear);
  if (clear.length * 2 < frames.length) return { f0Hz: 0, toF0Hz: 0 };
  const third = Math.max(1, Math.floor(clear.length / 3));
  return { f0Hz: middle(clear.slice(0, third)), toF0Hz: middle(clear.slice(-third)) };
}

function middle(frames: readonly Pitch[]): number {
  const sorted = frames.map(({ f0Hz }) => f0Hz).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Mean distance of a frame's level from the middle of those 46 ms before and after it. */
function flutterOf(levels: readonly number[]): number {
  const inner = levels.slice(2, -2);
  return mean(inner.map((level, i) => Math.abs(level - (levels[i]! + levels[i + 4]!) / 2)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
