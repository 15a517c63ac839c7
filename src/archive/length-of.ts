import type { SaidRecord } from './canonical.js';

interface Form {
  readonly sampleRate?: number;
  readonly samples?: number;
  readonly rows?: number;
  readonly columns?: number;
  readonly hopLength?: number;
}

/**
 * How long what an envelope carries lasts, in seconds; 0 for what has no length of its own, such
 * as noise.
 */
export function secondsOf({ carries, form }: SaidRecord): number {
  const { samples = 0, rows = 0, columns = 0, hopLength = 0, sampleRate = 0 } = form as Form;
  if (sampleRate <= 0) return 0;
  const frames = carries === 'mel' ? columns : carries === 'descriptors' ? rows : 0;
  return (carries === 'audio' ? samples : frames * hopLength) / sampleRate;
}

/** The same in samples at the run's rate, rounded up. */
export function lengthOf(record: SaidRecord, sampleRate: number): number {
  return Math.ceil(secondsOf(record) * sampleRate);
}
