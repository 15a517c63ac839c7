const HALF_LENGTH = 12;

/**
 * Keeps every `factor`-th sample after a windowed-sinc low-pass; output is ceil(length / factor)
 * long.
 */
export function decimate(fast: Float32Array, factor: number): Float32Array {
  if (factor === 1) return fast;
  const taps = lowPassTaps(factor);
  const half = (taps.length - 1) / 2;
  const slow = new Float32Array(Math.ceil(fast.length / factor));
  // Silence on both sides, so that the inner loop needs no look at the edges.
  const padded = new Float32Array(slow.length * factor + taps.length);
  padded.set(fast, half);
  for (let i = 0; i < slow.length; i++) {
    const from = i * factor;
    let sum = 0;
    for (let k = 0; k < taps.length; k++) sum += taps[k]! * padded[from + k]!;
    slow[i] = sum;
  }
  return slow;
}

function lowPassTaps(factor: number): Float64Array {
  const half = HALF_LENGTH * factor;
  const taps = new Float64Array(2 * half + 1);
  const cut = 0.92 / factor;
  for (let i = 0; i < taps.length; i++) {
    const x = i - half;
    const sinc = x === 0 ? cut : Math.sin(Math.PI * cut * x) / (Math.PI * x);
    taps[i] = sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / (half + 1)));
  }
  return taps;
}
