import type { Samples } from '../core/index.js';

/** The pace of a run: when may an event of logical time t happen? */
export interface Clock {
  readonly kind: 'virtual' | 'real';
  /** The latest logical time whose events may happen now. */
  now(): Samples;
  /** Calls back once, when `time` has come; a later call replaces an earlier one. */
  wakeAt(time: Samples, wake: () => void): void;
  /** Lets logical time begin at `origin`, now. */
  begin(origin: Samples): void;
  /** Forgets the callback. */
  stop(): void;
}

/** The clock of a kind; a real one goes `speed` times as fast as the wall's. */
export function clockOf(kind: Clock['kind'], sampleRate: number, speed = 1): Clock {
  return kind === 'real' ? realClock(sampleRate * speed) : virtualClock();
}

/** Jumps to the next event: everything may happen as soon as it can be computed. */
export function virtualClock(): Clock {
  return {
    kind: 'virtual',
    now: () => Number.MAX_SAFE_INTEGER,
    wakeAt: () => {},
    begin: () => {},
    stop: () => {},
  };
}

/** Node's timers overflow beyond 24.8 days and then fire at once; longer waits go in stretches. */
const STRETCH_MS = 3_600_000;

/**
 * Waits for wall time: an event of logical time t happens t seconds after `begin`. Monotonic,
 * deaf to clock changes.
 */
export function realClock(sampleRate: number): Clock {
  let beganMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const now = (): Samples => Math.floor(((performance.now() - beganMs) / 1000) * sampleRate);
  const wakeAt = (time: Samples, wake: () => void): void => {
    clearTimeout(timer);
    const waitMs = Math.max(0, ((time - now()) / sampleRate) * 1000);
    timer = setTimeout(
      () => (now() >= time ? wake() : wakeAt(time, wake)),
      Math.min(STRETCH_MS, Math.ceil(waitMs)),
    );
  };
  return {
    kind: 'real',
    now,
    wakeAt,
    begin: (origin) => {
      beganMs = performance.now() - (origin / sampleRate) * 1000;
    },
    stop: () => clearTimeout(timer),
  };
}

/** Seconds of wall time from a moment to the call of what it returns; monotonic. */
export function stopwatch(): () => number {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}

/** Calls back after so many seconds of wall time; returns what calls it off. */
export function afterSeconds(seconds: number, done: () => void): () => void {
  const timer = setTimeout(done, Math.min(STRETCH_MS, seconds * 1000));
  return () => clearTimeout(timer);
}

/** The wall clock's time in milliseconds since 1970; for the hours of the day alone. */
export function wallMs(): number {
  return Date.now();
}

/** A patience is waited for in so many parts, each of which counts once however late it ends. */
const PARTS = 8;

/** A part that ended so much too late was slept through, by this process too. */
const SLEPT_SECONDS = 5;

/**
 * Calls back after so many seconds in which this process itself was awake, behind whatever had
 * come in by then; returns what calls it off. Never for Infinity.
 */
export function afterAwake(seconds: number, done: () => void): () => void {
  if (seconds === Number.POSITIVE_INFINITY) return () => {};
  let left = PARTS;
  let last: NodeJS.Immediate | undefined;
  let callOff = (): void => {};
  const next = (): void => {
    const took = stopwatch();
    callOff = afterSeconds(seconds / PARTS, () => {
      if (took() < seconds / PARTS + SLEPT_SECONDS) left--;
      if (left > 0) next();
      else last = setImmediate(done);
    });
  };
  next();
  return () => {
    callOff();
    clearImmediate(last);
  };
}

/** The wall clock's date and time, ISO 8601; for records that people read, never for order. */
export function wallTime(): string {
  return new Date(Date.now()).toISOString();
}
