import { z } from 'zod';
import { parseDuration } from '../core/index.js';

/** How a swarm looks after its own: when an agent counts as hung, and how often it comes back. */
export interface Supervision {
  /** Seconds of wall time; Infinity for never, absent for what the clock makes of it. */
  readonly hangSeconds?: number;
  /** More deaths than this within the window park the agent. */
  readonly restarts: number;
  readonly windowSeconds: number;
  /** A message that its receiver was lost over so often on end is not delivered again. */
  readonly shelveAfter: number;
}

const HANG_SECONDS_MIN = 0.1;

/** A written length of time in seconds, or `off` for Infinity where it may be. */
function time(least: number, example: string, off: 'off' | undefined) {
  return z.union([z.number(), z.string()]).transform((written, context) => {
    if (off !== undefined && written === off) return Number.POSITIVE_INFINITY;
    const value = parseDuration(written);
    if (value !== undefined && value >= least) return value;
    const instead = off === undefined ? '' : `, or ${off}`;
    context.addIssue({ code: 'custom', message: `expected a time such as ${example}${instead}` });
    return z.NEVER;
  });
}

/** `supervision:`, as it is written. */
export const supervisionSection = z.strictObject({
  hang: time(HANG_SECONDS_MIN, '30s', 'off')
    .optional()
    .describe(
      'unanswered for so long, a step is given up and its agent started anew; or off. ' +
        '30s on the real clock and 120s on the virtual one unless given',
    ),
  restarts: z
    .int()
    .min(0)
    .max(1000)
    .default(10)
    .describe('how often an agent is started anew within the window; then it is parked'),
  window: time(1, '60s', undefined)
    .prefault('60s')
    .describe('the time within which they are counted'),
  shelveAfter: z
    .int()
    .min(1)
    .max(100)
    .default(2)
    .describe('a message over which an agent was lost so often on end is not delivered again'),
});

/** The supervision that a section says. */
export function supervisionOf(section: z.output<typeof supervisionSection>): Supervision {
  const { hang: hangSeconds, restarts, window: windowSeconds, shelveAfter } = section;
  const patience = hangSeconds === undefined ? {} : { hangSeconds };
  return Object.freeze({ ...patience, restarts, windowSeconds, shelveAfter });
}
