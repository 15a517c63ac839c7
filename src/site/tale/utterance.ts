import { type SaidRecord, secondsOf } from '../../archive/index.js';

/** An envelope as the site tells it. */
export interface Utterance {
  readonly record: SaidRecord;
  readonly id: string;
  readonly agent: string;
  readonly port: string;
  /** Its number in the run's own journal, from 1; 0 for one from the run that a fork entered. */
  readonly line: number;
  /** Logical seconds at which it was said, and how long it is; 0 for what has no length. */
  readonly at: number;
  readonly seconds: number;
}

/** A journal record as an utterance. */
export function utteranceOf(record: SaidRecord, line: number, sampleRate: number): Utterance {
  const { id, from, time } = record;
  const dot = from.lastIndexOf('.');
  const seconds = secondsOf(record);
  const at = time / sampleRate;
  return { record, id, agent: from.slice(0, dot), port: from.slice(dot + 1), line, at, seconds };
}
