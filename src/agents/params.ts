import { z } from 'zod';
import { parseDuration } from '../core/index.js';

/** A written duration (`250ms`, `4s`, `2min`) or a number of seconds; parsed to seconds. */
export function seconds(): z.ZodType<number, string | number> {
  return z
    .union([z.number().nonnegative(), z.string()])
    .transform((written, context) => {
      const value = parseDuration(written);
      if (value !== undefined) return value;
      context.addIssue({
        code: 'custom',
        message: 'expected a duration such as 250ms, 4s or 2min',
      });
      return z.NEVER;
    })
    .meta({ description: 'a duration such as 250ms, 4s or 2min, or a number of seconds' });
}

/** The name of a role under `models:`. */
export function role(doc: string): z.ZodString {
  return z.string().min(1).describe(doc);
}
