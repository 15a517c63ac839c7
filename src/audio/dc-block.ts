/** What one channel's DC block remembers; made by `dcBlock`. */
export interface DcBlockState {
  lastIn: number;
  lastOut: number;
}

/** A channel that has been silent so far. */
export function dcBlock(): DcBlockState {
  return { lastIn: 0, lastOut: 0 };
}

/**
 * Takes the mean out of a block in place with a one-pole high-pass at `cutoffHz` (10 Hz by
 * default), going on from the last block.
 */
export function blockDc(
  samples: Float32Array,
  state: DcBlockState,
  sampleRate: number,
  cutoffHz = 10,
): void {
  const pole = Math.exp((-2 * Math.PI * cutoffHz) / sampleRate);
  const gain = (1 + pole) / 2;
  for (let n = 0; n < samples.length; n++) {
    const x = samples[n]!;
    const y = gain * (x - state.lastIn) + pole * state.lastOut;
    state.lastIn = x;
    state.lastOut = Math.abs(y) < 1e-30 ? 0 : y;
    samples[n] = state.lastOut;
  }
}
