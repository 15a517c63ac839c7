import type { Ticks } from '../agents/index.js';
import { toSamples } from '../core/index.js';
import { BEAT_RANK, type Beat } from './happening.js';

/** The beat of the given number, from 0; undefined when a kind has had all it asked for. */
export function beatOf(ticks: Ticks, beat: number, sampleRate: number): Beat | undefined {
  const { everySeconds, offsetSeconds = 0, count = Number.POSITIVE_INFINITY } = ticks;
  if (beat >= count) return undefined;
  const time = toSamples(offsetSeconds + beat * everySeconds, sampleRate);
  return { type: 'beat', time, rank: BEAT_RANK, sequence: beat };
}
