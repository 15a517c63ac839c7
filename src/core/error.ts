/** The parts of an error that a user can cause and mend. */
export interface UserErrorParts {
  /** What went wrong, as a sentence without its full stop. */
  readonly what: string;
  /** File, agent or option it went wrong at. */
  readonly where?: string;
  /** What would have been right. */
  readonly allowed?: string;
  /** One thing to try. */
  readonly hint?: string;
  /** Whether trying the same again may help. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** An error a user can cause: one or two lines, shown without a stack. */
export class UserError extends Error {
  readonly parts: UserErrorParts;

  constructor(parts: UserErrorParts) {
    super(sentence(parts), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'UserError';
    this.parts = parts;
  }
}

function sentence({ what, where, allowed, hint }: UserErrorParts): string {
  const head = where === undefined ? what : `${where}: ${what}`;
  const expected = allowed === undefined ? '' : ` (expected ${allowed})`;
  return `${head}${expected}${hint === undefined ? '' : `\n  Try: ${hint}`}`;
}

/** The message of anything thrown, on one line without a stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
