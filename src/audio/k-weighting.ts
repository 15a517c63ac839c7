/** Coefficients of the two filters in a row: numerators and denominators, each over its a0. */
export interface KWeighting {
  readonly shelf: { readonly b: readonly number[]; readonly a: readonly number[] };
  readonly highPass: { readonly b: readonly number[]; readonly a: readonly number[] };
}

// The analog filters behind the table that ITU-R BS.1770-4 gives for 48 kHz: a shelf that lifts
// what a head reflects, and a high-pass for how little the ear minds the lowest tones.
const SHELF = { hz: 1681.974450955533, db: 3.999843853973347, q: 0.7071752369554196 };
const SHELF_SLOPE = 0.4996667741545416;
const HIGH_PASS = { hz: 38.13547087602444, q: 0.5003270373238773 };
const TABLE_RATE = 48_000;

/** How many numbers the filters of one channel remember. */
export const K_STATE = 4;

/**
 * The K-weighting of ITU-R BS.1770-4 at any rate: at 48 kHz the standard's own coefficients, at
 * others the same curve, bent where it nears the top of the band (0.2 dB for 1 kHz at 8 kHz).
 */
export function kWeighting(sampleRate: number): KWeighting {
  const k = Math.tan(Math.PI * Math.min(0.49, SHELF.hz / sampleRate));
  const [kq, top] = [k / SHELF.q, 10 ** (SHELF.db / 20)];
  const middle = (top ** SHELF_SLOPE * k) / SHELF.q;
  const a0 = 1 + kq + k * k;
  const shelf = {
    b: [(top + middle + k * k) / a0, (2 * (k * k - top)) / a0, (top - middle + k * k) / a0],
    a: [(2 * (k * k - 1)) / a0, (1 - kq + k * k) / a0],
  };
  return { shelf, highPass: highPassAt(sampleRate) };
}

function highPassAt(sampleRate: number): KWeighting['highPass'] {
  const k = Math.tan(Math.PI * Math.min(0.49, HIGH_PASS.hz / sampleRate));
  const a0 = highPassScale(k);
  // The table leaves its numerator as 1, −2, 1: a gain that must not change with the rate.
  const gain = highPassScale(Math.tan((Math.PI * HIGH_PASS.hz) / TABLE_RATE)) / a0;
  const a = [(2 * (k * k - 1)) / a0, (1 - k / HIGH_PASS.q + k * k) / a0];
  return { b: [gain, -2 * gain, gain], a };
}

function highPassScale(k: number): number {
  return 1 + k / HIGH_PASS.q + k * k;
}

/** The energy of a weighted stretch, going on from `state` (four numbers), which it moves on. */
export function weightedEnergy(
  { shelf, highPass }: KWeighting,
  samples: Float32Array,
  [from, to]: readonly [number, number],
  state: Float64Array,
): number {
  const [b0, b1, b2] = shelf.b as [number, number, number];
  const [a1, a2] = shelf.a as [number, number];
  const [h0, h1, h2] = highPass.b as [number, number, number];
  const [g1, g2] = highPass.a as [number, number];
  let [s1, s2, z1, z2] = state as unknown as [number, number, number, number];
  let energy = 0;
  for (let n = from; n < to; n++) {
    const x = samples[n]!;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    const z = h0 * y + z1;
    z1 = h1 * y - g1 * z + z2;
    z2 = h2 * y - g2 * z;
    energy += z * z;
  }
  // What decays below hearing stops there: such small numbers are slow to compute with.
  state.set([s1, s2, z1, z2].map((x) => (Math.abs(x) < 1e-30 ? 0 : x)));
  return energy;
}
