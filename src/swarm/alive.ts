import type { Samples } from '../core/index.js';
import { afterSeconds } from './clock.js';
import type { Pulse } from './pulse.js';

/** Somebody who must hear again and again that a run goes on, such as a watchdog. */
export interface Alive {
  /** Wall seconds from one look to the next. */
  readonly everySeconds: number;
  /** Called where all that is due has happened, or some of it has since the last look. */
  tell(): void;
}

/**
 * Looks every so often whether the scheduler still goes on, and tells of it only then: a process
 * whose timers run while its music has stopped is not alive. Returns what ends it.
 */
export function watchLife(
  alive: Alive | undefined,
  pulse: Pick<Pulse, 'ahead'>,
  now: () => Samples,
): () => void {
  if (alive === undefined) return () => {};
  let [last, callOff] = [Number.NEGATIVE_INFINITY, (): void => {}];
  const look = (): void => {
    callOff = afterSeconds(alive.everySeconds, look);
    const { ahead } = pulse;
    if (ahead > last || ahead > now()) alive.tell();
    last = ahead;
  };
  look();
  return () => callOff();
}
