import { Limiter } from '../src/audio/index.js';
import { seededRandom } from '../src/core/index.js';

/** How many times faster than it sounds one channel is limited: loud sound, and quiet sound. */
export interface LimiterBench {
  readonly loudXRealtime: number;
  readonly quietXRealtime: number;
  readonly peer: {
    readonly name: 'sample peaks';
    readonly loudXRealtime: number;
    readonly quietXRealtime: number;
  };
  /** Ours over the peer's, for loud sound. */
  readonly ratio: number;
}

const RATE = 44_100;
const BLOCK = 4410;

/**
 * Times the true-peak limiter on `seconds` of noise at 44,100 Hz, in blocks of 100 ms, beside the
 * one that looks at samples only; the faster of two rounds counts.
 */
export function benchLimiter({ seconds }: { readonly seconds: number }): LimiterBench {
  const random = seededRandom(1, 'bench');
  const loud = Float32Array.from({ length: Math.ceil(seconds * RATE) }, () => random.next() - 0.5);
  const quiet = loud.map((x) => x / 4);
  loud.forEach((x, n) => (loud[n] = x * 4));
  const [loudXRealtime, peerLoud] = [speedOf(loud, 'true'), speedOf(loud, 'sample')];
  const peer = {
    name: 'sample peaks' as const,
    loudXRealtime: peerLoud,
    quietXRealtime: speedOf(quiet, 'sample'),
  };
  const quietXRealtime = speedOf(quiet, 'true');
  return { loudXRealtime, quietXRealtime, peer, ratio: loudXRealtime / peerLoud };
}

function speedOf(sound: Float32Array, peaks: 'sample' | 'true'): number {
  const times = [0, 1].map(() => {
    const limiter = new Limiter({ sampleRate: RATE, peaks });
    const start = performance.now();
    for (let n = 0; n < sound.length; n += BLOCK) limiter.process([sound.subarray(n, n + BLOCK)]);
    return (performance.now() - start) / 1000;
  });
  return sound.length / RATE / Math.min(...times);
}
