/** How the original's editor counts: whole milliseconds at some sample rate (PyDub 0.24). */
export interface Clock {
  /** Frames before a moment in milliseconds, with their fraction. */
  exactFramesAt(ms: number): number;
  /** Whole frames before a moment in milliseconds. */
  framesAt(ms: number): number;
  /** Length in whole milliseconds, halves to the even one. */
  lengthMs(frames: number): number;
}

/** The clock of a sample rate in hertz. */
export function clockOf(sampleRate: number): Clock {
  return {
    exactFramesAt: (ms) => ms * (sampleRate / 1000),
    framesAt: (ms) => Math.trunc(ms * (sampleRate / 1000)),
    lengthMs: (frames) => roundHalfEven(1000 * (frames / sampleRate)),
  };
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  const part = x - down;
  if (part !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/**
 * The samples between two moments in milliseconds, both clamped to the length in whole
 * milliseconds; silence fills what that length counts beyond the last sample.
 */
export function sliceMs(
  samples: Recording,
  clock: Clock,
  span: { readonly from: number; readonly to: number },
): Int16Array {
  const length = clock.lengthMs(samples.length);
  const start = clock.framesAt(Math.min(span.from, length));
  const end = clock.framesAt(Math.min(span.to, length));
  const slice = new Int16Array(Math.max(0, end - start));
  slice.set(inIntegers(samples.subarray(start, end)));
  return slice;
}

/** A recording as 16-bit integers, or as floats read from a 16-bit file. */
export type Recording = Int16Array | Float32Array;

/** The integers a 16-bit file holds: floats are multiplied by 32768, which undoes its reading. */
export function inIntegers(samples: Recording): Int16Array {
  if (samples instanceof Int16Array) return samples;
  return Int16Array.from(samples, (x) => {
    return Math.max(-32_768, Math.min(32_767, Math.round(x * 32_768)));
  });
}
