import type { Bus } from '../bus/index.js';
import type { AgentId } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import { type Clock, afterAwake, stopwatch } from './clock.js';
import { type Death, PerformerDied } from './performer.js';

/** Seconds of wall time after which whoever has not answered hangs; the room waits less long. */
const HANG_SECONDS = { real: 30, virtual: 120 } as const;

/** A later start may take so many times as long as the first one, beside what every answer may. */
const START_TIMES = 4;

/** The clock that a run goes by: together with others on a network there is only the wall's. */
export function clockKindOf(
  { clock }: Scenario,
  options: { readonly clock?: Clock['kind']; readonly only?: readonly AgentId[] },
  bus: Pick<Bus, 'kind'>,
): Clock['kind'] {
  return bus.kind === 'nats' && options.only ? 'real' : (options.clock ?? clock);
}

/** How long an answer may take before the one who owes it counts as hung. */
export function hangSecondsOf({ supervision }: Scenario, clock: Clock['kind']): number {
  return supervision.hangSeconds ?? HANG_SECONDS[clock];
}

/** What is said of one that hangs. */
export function hung(seconds: number): Death {
  return { how: 'hung', says: `no answer for ${seconds} s` };
}

/** An answer, or PerformerDied when it takes too long; what comes later is not heard. */
export function answeredWithin<T>(
  seconds: number,
  answer: Promise<T>,
  lost: (death: Death) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const callOff = afterAwake(seconds, () => {
      const death = hung(seconds);
      reject(new PerformerDied(death));
      lost(death);
    });
    void answer.then(resolve, reject).finally(callOff);
  });
}

/**
 * How long a start may take: the first as long as it likes, because somebody is there to see it;
 * the later ones in proportion.
 */
export function startPatience(
  hangSeconds: number,
): (start: (seconds: number) => Promise<unknown>) => Promise<void> {
  let first = Number.POSITIVE_INFINITY;
  return async (start) => {
    const took = stopwatch();
    await start(hangSeconds + START_TIMES * first);
    if (first === Number.POSITIVE_INFINITY) first = took();
  };
}
