import { z } from 'zod';
import { parseDuration, toSamples } from '../core/index.js';
import type { Arrow } from './arrow.js';
import type { Link } from './link.js';

/** The delay of a returning link that names none, in seconds. */
export const DELAY_DEFAULT_SECONDS = 1;

function duration(): z.ZodType<number, string | number> {
  return z.union([z.number(), z.string()]).transform((written, context) => {
    const seconds = parseDuration(written);
    if (seconds !== undefined && seconds > 0) return seconds;
    context.addIssue({
      code: 'custom',
      message: 'expected a duration above 0 such as 250ms or 4s',
    });
    return z.NEVER;
  });
}

/** What may stand behind an arrow, each with its meaning; the delay is in seconds once parsed. */
export const linkOptions = z.strictObject({
  delay: duration()
    .optional()
    .describe(`time a returning link takes, such as 4s; ${DELAY_DEFAULT_SECONDS}s unless given`),
  gain: z
    .number()
    .min(-8)
    .max(8)
    .default(1)
    .describe('linear gain for audio and control; other signals pass unchanged'),
  every: z.int().min(1).default(1).describe('lets only every n-th message through'),
  probability: z.number().min(0).max(1).default(1).describe('chance of each message to pass'),
  laps: z
    .int()
    .min(0)
    .optional()
    .describe('messages that would be older than this do not pass; limits.laps unless given'),
  keep: z
    .enum(['oldest', 'newest', 'latest'])
    .default('oldest')
    .describe('what survives when the link is full; latest keeps only the last message'),
});

/** Link options as parsed. */
export type LinkOptions = z.output<typeof linkOptions>;

/**
 * What links take from their scenario: samples per second, and the laps of a link that names none.
 */
export interface LinkSetting {
  readonly sampleRate: number;
  readonly laps: number;
}

/**
 * Makes a link of an arrow and its options; a feeding link has no delay, whatever the options say.
 */
export function makeLink(arrow: Arrow, options: LinkOptions, setting: LinkSetting): Link {
  const { delay = DELAY_DEFAULT_SECONDS, laps = setting.laps, ...rest } = options;
  const delaySamples = arrow.way === 'returns' ? toSamples(delay, setting.sampleRate) : 0;
  return { ...arrow, ...rest, delaySamples, laps };
}
