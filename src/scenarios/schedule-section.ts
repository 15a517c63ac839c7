import { z } from 'zod';
import type { DayStretch } from './schedule.js';

const STRETCH = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const MINUTES_A_DAY = 1440;
const QUIET_MAX = 16;

const stretch = z.string().transform((written, context): DayStretch => {
  const [, fromHour, fromMinute, toHour, toMinute] = STRETCH.exec(written) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = toHour === undefined ? MINUTES_A_DAY : Number(toHour) * 60 + Number(toMinute);
  if (fromHour !== undefined && from !== to) return { from, to };
  context.addIssue({ code: 'custom', message: 'expected two times of day such as 22:00-08:00' });
  return z.NEVER;
});

const zone = z.string().refine(isZone, 'expected a time zone such as Europe/Vienna');

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** `schedule:`, as it is written. */
export const scheduleSection = z.strictObject({
  zone: zone
    .optional()
    .describe("whose wall time it is, such as Europe/Vienna; the machine's unless given"),
  quiet: z
    .array(stretch)
    .max(QUIET_MAX)
    .default([])
    .describe('stretches of the day when nothing reaches a recorder, such as 22:00-08:00'),
});
