import { CommanderError } from 'commander';
import { messageOf, UserError } from '../core/index.js';
import { complain } from './output.js';

/** A command that has already said what is wrong, and only has to end with this code. */
export class Stop extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.name = 'Stop';
    this.exitCode = exitCode;
  }
}

/**
 * Says what was thrown, without a stack, and returns the exit code: 2 when the caller can mend it,
 * 1 when trying again may help or the fault is ours. DEMIURGE_DEBUG=1 shows the stack.
 */
export function exitCodeFor(thrown: unknown): number {
  if (thrown instanceof Stop) return thrown.exitCode;
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  const debug = process.env['DEMIURGE_DEBUG'] === '1';
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  complain(debug && stack !== undefined ? stack : spoken(thrown));
  return thrown instanceof UserError && thrown.parts.retryable !== true ? 2 : 1;
}

function spoken(thrown: unknown): string {
  if (thrown instanceof UserError) return thrown.message;
  return `${messageOf(thrown)}\n  Try: the same with DEMIURGE_DEBUG=1 to see where it happened`;
}
