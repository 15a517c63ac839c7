import type { z } from 'zod';
import type { Problem } from '../core/index.js';
import { headSchema } from './schema.js';
import type { Head } from './schema.js';
import { fit } from './shape-problems.js';

/**
 * The head of a scenario, with defaults where a part is wrong, so that the rest can still be
 * checked.
 */
export interface ReadHead {
  readonly head: Head;
  readonly problems: readonly Problem[];
}

/** Reads the top of a scenario; a file that is no map at all has that one problem. */
export function readHead(data: unknown): ReadHead {
  if (!isRecord(data)) return { head: headSchema.parse({}), problems: [noMap(data)] };
  const fitted = fit(headSchema, data, []);
  if (fitted.ok) return { head: fitted.value, problems: [] };
  const parts = Object.entries(headSchema.shape).map(([key, schema]) => [
    key,
    soundPart(schema, data[key]),
  ]);
  return { head: Object.fromEntries(parts) as Head, problems: fitted.problems };
}

/** Whether a value is a map of a scenario. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function soundPart(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.success ? result.data : schema.safeParse(undefined).data;
}

function noMap(data: unknown): Problem {
  const empty = data === null || data === undefined;
  return {
    code: 'no-scenario',
    at: [],
    says: empty ? 'this file holds no scenario' : 'a scenario is a map of names and values',
    expected: 'at least agents: and links:',
    try: 'begin with a line such as title: Babel',
  };
}
