/** Three simple descriptors of one frame (anatomy §7.3). */
export interface Shape {
  /** Hertz; 0 for silence. */
  readonly centroid: number;
  /** 0 for a tone to 1 for white noise and silence. */
  readonly flatness: number;
  /** Hertz of the lowest bin under which 85 % of the magnitude lies. */
  readonly rolloff: number;
}

const ROLLOFF_PART = 0.85;
const POWER_MIN = 1e-10;

/**
 * The shape of a frame from its magnitudes, whose last bin is at half the sample rate. Sums for the
 * roll-off are rounded to single precision, as the original's are, so that its bin is the same.
 */
export function shapeOf(magnitude: Float32Array, sampleRate: number): Shape {
  const hzPerBin = sampleRate / 2 / (magnitude.length - 1);
  let [sum, moment, logs, power] = [0, 0, 0, 0];
  for (let k = 0; k < magnitude.length; k++) {
    const m = magnitude[k]!;
    const squared = Math.max(m * m, POWER_MIN);
    sum += m;
    moment += m * k;
    logs += Math.log(squared);
    power += squared;
  }
  return {
    centroid: sum === 0 ? 0 : (moment / sum) * hzPerBin,
    flatness: (Math.exp(logs / magnitude.length) * magnitude.length) / power,
    rolloff: rolloffBin(magnitude) * hzPerBin,
  };
}

function rolloffBin(magnitude: Float32Array): number {
  let total = 0;
  for (let k = 0; k < magnitude.length; k++) total = Math.fround(total + magnitude[k]!);
  const threshold = Math.fround(ROLLOFF_PART * total);
  let sum = 0;
  for (let k = 0; k < magnitude.length; k++) {
    sum = Math.fround(sum + magnitude[k]!);
    if (sum >= threshold) return k;
  }
  return magnitude.length - 1;
}

/** Root mean square of `length` samples from `start`. */
export function rmsOf(samples: Float32Array, start: number, length: number): number {
  let sum = 0;
  for (let n = start; n < start + length; n++) sum += samples[n]! * samples[n]!;
  return Math.sqrt(sum / length);
}
