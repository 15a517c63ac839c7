import type { Random } from '../../core/index.js';
import { seededRandom } from '../../core/index.js';

interface Mode {
  readonly hz: number;
  readonly quality: number;
  readonly gainDb: number;
}

/**
 * The signature modes of a violin and its bridge hill: air A0, corpus CBR, B1−, B1+, the hill near
 * 2.4 kHz (frequencies and Q after Jansson 2002 and Bissinger 2008, rounded).
 */
const SIGNATURE: readonly Mode[] = [
  { hz: 276, quality: 12, gainDb: 9 },
  { hz: 405, quality: 15, gainDb: 4 },
  { hz: 468, quality: 18, gainDb: 8 },
  { hz: 552, quality: 18, gainDb: 9 },
  { hz: 2450, quality: 1.1, gainDb: 7 },
];

/**
 * Above about 650 Hz the modes are too many to name: this violin's own are drawn once, the same in
 * every run.
 */
function denseModes(random: Random): Mode[] {
  return Array.from({ length: 18 }, (_, i) => ({
    hz: 650 * 11 ** ((i + 0.7 * random.next()) / 18),
    quality: 9 + 8 * random.next(),
    gainDb: (i % 2 === 0 ? 1 : -1) * (2.5 + 3.5 * random.next()),
  }));
}

type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

const HIGHS_HZ = 1800;

/**
 * Filters a bridge wave through the violin's body, in place, with its highs raised by `highsDb`
 * first. Every call starts from rest.
 */
export function throughBody(wave: Float32Array, sampleRate: number, highsDb: number): void {
  const modes = [...SIGNATURE, ...denseModes(seededRandom(1737, 'body'))];
  const top = sampleRate * 0.45;
  if (highsDb !== 0) filter(wave, highShelf(HIGHS_HZ, highsDb, sampleRate));
  for (const mode of modes) if (mode.hz < top) filter(wave, peak(mode, sampleRate));
  filter(wave, highPass(170, sampleRate));
  if (5200 < top) filter(wave, lowPass(5200, sampleRate));
}

function filter(wave: Float32Array, [b0, b1, b2, a1, a2]: Biquad): void {
  let [s1, s2] = [0, 0];
  for (let i = 0; i < wave.length; i++) {
    const x = wave[i]!;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    wave[i] = y;
  }
}

/**
 * Shelving, peaking, high-pass and low-pass sections after Bristow-Johnson, "Cookbook formulae for
 * audio EQ".
 */
function highShelf(hz: number, gainDb: number, sampleRate: number): Biquad {
  const height = 10 ** (gainDb / 40);
  const { cos, alpha } = corner(hz, sampleRate);
  const [up, down] = [height + 1, height - 1];
  const slope = 2 * Math.sqrt(height) * alpha;
  const a0 = up - down * cos + slope;
  return [
    (height * (up + down * cos + slope)) / a0,
    (-2 * height * (down + up * cos)) / a0,
    (height * (up + down * cos - slope)) / a0,
    (2 * (down - up * cos)) / a0,
    (up - down * cos - slope) / a0,
  ];
}

function peak({ hz, quality, gainDb }: Mode, sampleRate: number): Biquad {
  const w = (2 * Math.PI * hz) / sampleRate;
  const height = 10 ** (gainDb / 40);
  const alpha = Math.sin(w) / (2 * quality);
  const a0 = 1 + alpha / height;
  const cos = (-2 * Math.cos(w)) / a0;
  return [
    (1 + alpha * height) / a0,
    cos,
    (1 - alpha * height) / a0,
    cos,
    (1 - alpha / height) / a0,
  ];
}

function highPass(hz: number, sampleRate: number): Biquad {
  const { cos, alpha, a0 } = corner(hz, sampleRate);
  const b = (1 + cos) / a0;
  return [b / 2, -b, b / 2, (-2 * cos) / a0, (1 - alpha) / a0];
}

function lowPass(hz: number, sampleRate: number): Biquad {
  const { cos, alpha, a0 } = corner(hz, sampleRate);
  const b = (1 - cos) / a0;
  return [b / 2, b, b / 2, (-2 * cos) / a0, (1 - alpha) / a0];
}

function corner(hz: number, sampleRate: number): { cos: number; alpha: number; a0: number } {
  const w = (2 * Math.PI * hz) / sampleRate;
  const alpha = Math.sin(w) / Math.SQRT2;
  return { cos: Math.cos(w), alpha, a0: 1 + alpha };
}
