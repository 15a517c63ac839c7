import type { Random } from '../../core/index.js';
import type { Manner } from './manner.js';
import type { PlayableNote } from './note.js';

/** Inner samples between two settings of the hands; between them they move in straight lines. */
export const CONTROL_SAMPLES = 32;

/**
 * Velocity of a full bow. Loudness is set afterwards: a string in its best range is scaled, not
 * starved.
 */
const BOW_VELOCITY = 0.2;
const BITE_SECONDS = 0.06;
const VIBRATO_HZ = 5.4;
const VIBRATO_CENTS_MAX = 45;

/** The two hands during one note, every CONTROL_SAMPLES. */
export interface Gesture {
  readonly f0Hz: Float64Array;
  /** Signed: a bow has two directions. */
  readonly bow: Float64Array;
  readonly force: Float64Array;
}

/**
 * Draws the hands' movement. `frames` are at `frameHz` and go on, with no bow, after the note's own
 * seconds.
 */
export function gestureOf(
  note: PlayableNote,
  manner: Manner,
  { frames, frameHz, random }: { frames: number; frameHz: number; random: Random },
): Gesture {
  const [f0Hz, bow, force] = [0, 0, 0].map(() => new Float64Array(frames)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const pitch = pitchOf(note, random);
  const stroke = strokeOf(note, manner, random);
  for (let i = 0; i < frames; i++) {
    const t = i / frameHz;
    const pressure = envelope(t, note.seconds, manner);
    f0Hz[i] = pitch(t);
    bow[i] = BOW_VELOCITY * pressure * stroke(t);
    force[i] = manner.force * weight(t, note.seconds, pressure, manner.bite);
  }
  return { f0Hz, bow, force };
}

/** Rises over the attack, holds, and falls so as to reach 0 at the end of the note. */
function envelope(t: number, seconds: number, { attackSeconds, releaseSeconds }: Manner): number {
  const attack = Math.min(attackSeconds, seconds / 3);
  const release = Math.min(releaseSeconds, seconds / 3);
  const level = Math.min(1, t / attack, (seconds - t) / release);
  return level <= 0 ? 0 : Math.sin((level * Math.PI) / 2);
}

/**
 * The arm's weight: it comes with the bow's speed, heaviest at the beginning, and leaves at the
 * end.
 */
function weight(t: number, seconds: number, pressure: number, bite: number): number {
  if (t >= seconds) return 0;
  return (0.35 + 0.65 * pressure) * (1 + bite * Math.exp(-t / BITE_SECONDS));
}

function pitchOf(note: PlayableNote, random: Random): (t: number) => number {
  const phase = random.next();
  const rate = VIBRATO_HZ * (1 + 0.06 * random.normal());
  const depth = (note.vibrato * VIBRATO_CENTS_MAX) / 1200;
  const line = lineOf(note);
  return (t) => {
    const grown = Math.min(1, Math.max(0, (t - 0.12) / 0.3));
    return line(t) * 2 ** (depth * grown * Math.sin(2 * Math.PI * (rate * t + phase)));
  };
}

/**
 * The left hand without vibrato: it holds, slides from a quarter to three quarters of the note, or
 * trills.
 */
function lineOf({
  technique,
  f0Hz,
  toF0Hz,
  seconds,
  strokesHz,
}: PlayableNote): (t: number) => number {
  const octaves = Math.log2(toF0Hz / f0Hz);
  if (technique === 'glissando') {
    return (t) => f0Hz * 2 ** (octaves * smooth((t / seconds - 0.2) / 0.6));
  }
  if (technique !== 'trill') return () => f0Hz;
  // A finger needs some 12 ms to stop the string.
  const steepness = 1 / (strokesHz * 0.012);
  return (t) => {
    const wave = Math.sin(Math.PI * strokesHz * t - Math.PI / 2) * steepness;
    return f0Hz * 2 ** (octaves * (0.5 + 0.5 * Math.max(-1, Math.min(1, wave))));
  };
}

function smooth(x: number): number {
  const u = Math.min(1, Math.max(0, x));
  return u * u * (3 - 2 * u);
}

/**
 * The bow's direction and share of its speed: one stroke, or for a tremolo many, each a little
 * unlike the last.
 */
function strokeOf(note: PlayableNote, manner: Manner, random: Random): (t: number) => number {
  if (note.technique !== 'tremolo') return () => (manner.force > 0 ? 1 : 0);
  const strokes = Array.from({ length: Math.ceil(note.seconds * note.strokesHz) + 2 }, (_, i) => {
    return (i % 2 === 0 ? 1 : -1) * (1 + 0.12 * Math.max(-2, Math.min(2, random.normal())));
  });
  return (t) => {
    const position = t * note.strokesHz;
    const within = position - Math.floor(position);
    return (strokes[Math.floor(position)] ?? 0) * Math.sin(Math.PI * within) ** 0.6;
  };
}
