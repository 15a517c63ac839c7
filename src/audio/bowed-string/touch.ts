import type { Random } from '../../core/index.js';
import type { PlayableNote } from './note.js';

/**
 * What a finger or a stick adds to the string's velocity, sample by sample: a plucked string is let
 * go, the wood of a bow strikes and rebounds. Empty for a bow's hair.
 */
export function touchOf(note: PlayableNote, sampleRate: number, random: Random): Float32Array {
  if (note.technique === 'pizzicato') return pluck(note, sampleRate);
  if (note.technique === 'col-legno') return strike(sampleRate, random);
  return new Float32Array(0);
}

/**
 * Letting a bent string go is a step of force, which drains here over 5 ms; a fingertip is wide, so
 * the step takes about a tenth of a period.
 */
function pluck({ f0Hz }: PlayableNote, sampleRate: number): Float32Array {
  const rise = Math.min(0.0006, Math.max(0.0002, 0.12 / f0Hz)) * sampleRate;
  const fall = 0.005 * sampleRate;
  const push = new Float32Array(Math.round(6 * fall));
  return push.map((_, i) => {
    const risen = i < rise ? 0.5 - 0.5 * Math.cos((Math.PI * i) / rise) : 1;
    return risen * Math.exp(-i / fall);
  });
}

/**
 * The stick's own sound: noise that falls by 60 dB in 45 ms, after a hard first contact, with two
 * small bounces.
 */
function strike(sampleRate: number, random: Random): Float32Array {
  const burst = new Float32Array(Math.round(0.14 * sampleRate));
  const bounces = [0, 0.034 + 0.004 * random.next(), 0.058 + 0.005 * random.next()];
  bounces.forEach((at, bounce) => {
    const start = Math.round(at * sampleRate);
    let smoothed = 0;
    for (let i = start; i < burst.length; i++) {
      const t = (i - start) / sampleRate;
      smoothed += 0.25 * (random.normal() - smoothed);
      burst[i]! +=
        smoothed * 0.4 ** bounce * Math.exp((-6.9 * t) / 0.045) * Math.min(1, t / 0.0003);
    }
  });
  return burst;
}
