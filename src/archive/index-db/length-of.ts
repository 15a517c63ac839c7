import type { SaidRecord } from '../canonical.js';

interface Form {
  readonly sampleRate?: number;
  readonly samples?: number;
  readonly rows?: number;
  readonly columns?: number;
  readonly hopLength?: number;
}

/**
 * How long what an envelope carries lasts, in samples at the run's rate; 0 for what has no length
 * of its own, such as noise.
 */
export function lengthOf({ carries, form }: SaidRecord, sampleRate: number): number {
  const { samples = 0, rows = 0, columns = 0, hopLength = 0, ...rest } = form as Form;
  const own = rest.sampleRate ?? sampleRate;
  const frames = carries === 'mel' ? columns : carries === 'descriptors' ? rows : 0;
  const length = carries === 'audio' ? samples : frames * hopLength;
  return own > 0 ? Math.ceil((length / own) * sampleRate) : 0;
}
