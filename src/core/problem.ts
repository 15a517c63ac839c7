/**
 * One thing wrong with a scenario: where (a path such as `links.3.delay`), what, and what to
 * write instead.
 */
export interface Problem {
  /** A stable kebab-case name such as `undelayed-cycle`. */
  readonly code: string;
  /** Path of keys into the scenario; numbers index lists. */
  readonly at: readonly (string | number)[];
  readonly says: string;
  readonly expected?: string;
  readonly didYouMean?: string;
  readonly try: string;
}

/** A sound value, or everything that is wrong with it: never just the first thing. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Wraps a sound value. */
export function sound<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/** Wraps what is wrong. */
export function unsound(problems: readonly Problem[]): Checked<never> {
  return { ok: false, problems };
}
