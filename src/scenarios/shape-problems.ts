import type { z } from 'zod';
import type { Problem } from '../core/index.js';
import { listed, suggestion } from '../topologies/index.js';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/**
 * What a schema says of a value: the parsed value, or its problems with paths that start at `at`.
 */
export type Fitted<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Parses a value by its schema and turns every complaint into a problem with a suggestion. */
export function fit<S extends z.ZodType>(schema: S, data: unknown, at: Path): Fitted<z.output<S>> {
  const result = schema.safeParse(data);
  if (result.success) return { ok: true, value: result.data };
  return {
    ok: false,
    problems: result.error.issues.flatMap((issue) => problemsOf(issue, { schema, data, at })),
  };
}

interface Subject {
  readonly schema: z.ZodType;
  readonly data: unknown;
  readonly at: Path;
}

function problemsOf(issue: Issue, subject: Subject): Problem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(subject.schema, path);
    return issue.keys.map((key) => unknownKey([...subject.at, ...path, key], known));
  }
  const inner = issue.code === 'invalid_union' ? deepest(issue) : undefined;
  if (inner !== undefined)
    return inner.flatMap((one) =>
      problemsOf({ ...one, path: [...path, ...one.path] } as Issue, subject),
    );
  const value = valueAt(subject.data, path);
  if (value === undefined && path.length > 0) return [missingKey(path, subject)];
  return [wrongValue(issue, value, path, subject)];
}

/** Of a union's branches, the one that fitted far enough to complain about an inner part. */
function deepest(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  return issue.errors.find((issues) => issues.some((one) => one.path.length > 0));
}

/** Says that the last key of a path is none of those known there. */
export function unknownKey(at: Path, known: readonly string[]): Problem {
  const key = String(at.at(-1));
  return {
    code: 'unknown-key',
    at,
    says: `\`${key}\` is not known here`,
    ...(known.length === 0 ? {} : { expected: listed(known) }),
    ...suggestion(key, known),
    try: 'correct or remove it',
  };
}

function missingKey(path: Path, { schema, at }: Subject): Problem {
  const key = String(path.at(-1));
  const doc = schemaAt(schema, path)?.description;
  return {
    code: 'missing-key',
    at: [...at, ...path.slice(0, -1)],
    says: `\`${key}:\` is missing`,
    ...(doc === undefined ? {} : { expected: `${key}: ${doc}` }),
    try: `add ${key}:`,
  };
}

function wrongValue(issue: Issue, value: unknown, path: Path, { schema, at }: Subject): Problem {
  const allowed = expectation(issue) ?? schemaAt(schema, path)?.description;
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const says =
    issue.code === 'invalid_key' ? 'this name cannot be used' : `${shown(value)} does not fit here`;
  return {
    code: issue.code === 'invalid_key' ? 'bad-name' : 'wrong-value',
    at: [...at, ...path],
    says,
    ...(allowed === undefined ? {} : { expected: allowed }),
    ...suggestion(String(value), words),
    try:
      words.length > 0
        ? 'write one of these'
        : 'write what is expected, or leave it out for the default',
  };
}

function expectation(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value') return listed(issue.values.map(String));
  if (issue.code === 'custom') return issue.message.replace(/^expected /, '');
  if (issue.code === 'invalid_key') return issue.issues[0]?.message;
  if (issue.code === 'invalid_union') return undefined;
  if (issue.code === 'invalid_type') return PLAIN[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small') return bound(issue.origin, issue.minimum, 'at least', issue);
  if (issue.code === 'too_big') return bound(issue.origin, issue.maximum, 'at most', issue);
  return issue.message.replace(/^Invalid input: /, '');
}

const PLAIN: Readonly<Record<string, string>> = {
  object: 'a map of names and values',
  record: 'a map of names and values',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function bound(
  origin: string,
  limit: number | bigint,
  side: string,
  { inclusive }: { readonly inclusive?: boolean | undefined },
): string {
  if (origin === 'string') return `text of ${side} ${limit} letters`;
  if (origin === 'array') return `a list of ${side} ${limit}`;
  if (inclusive !== false) return `${side} ${limit}`;
  return side === 'at least' ? `more than ${limit}` : `less than ${limit}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.hasOwn(value, step)
      ? (value as Record<string | number, unknown>)[step]
      : undefined;
  }, data);
}

/** The keys an object schema knows, looking through defaults, optionals and transforms. */
export function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  const inner = bare(schemaAt(schema, path));
  return inner?.type === 'object' ? Object.keys(inner.shape) : [];
}

type Def = {
  readonly type: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
};

function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  let at: z.ZodType | undefined = schema;
  for (const step of path) at = child(at, step);
  return at;
}

function child(schema: z.ZodType | undefined, step: string | number): z.ZodType | undefined {
  const def = bare(schema);
  if (def?.type === 'object') return def.shape[step];
  if (def?.type === 'union') return def.options?.map((one) => child(one, step)).find(Boolean);
  return def?.type === 'array' ? def.element : def?.valueType;
}

function bare(schema: z.ZodType | undefined): Def | undefined {
  const def = (schema as unknown as { _zod?: { def: Def } } | undefined)?._zod?.def;
  const inner = def?.innerType ?? def?.in;
  return inner === undefined ? def : bare(inner);
}
