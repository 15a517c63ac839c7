import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../house/source.js';

const execute = promisify(execFile);

/** What a program said although it ended with an error. */
function spoken(error: unknown): { stdout: string } {
  const { stdout } = error as { stdout?: string };
  if (stdout === undefined || stdout === '') throw error;
  return { stdout };
}

describe('a real engine', () => {
  it('that is killed leaves a run that recovers, verifies, and begins as the unbroken one', {
    timeout: 300_000,
  }, async () => {
    const script = join(ROOT, 'scripts', 'prove-kills.mjs');
    const args = [script, '--points', '6', '--within', '3', '--json'];
    const env = { ...process.env, DEMIURGE_PREPARED: '1' };
    // How much is lost of what the wall's clock says depends on who else computes: it is reported.
    const { stdout } = await execute(process.execPath, args, { env }).catch(spoken);
    expect(JSON.parse(stdout)).toMatchObject({
      points: 6,
      unclean: 0,
      notIdempotent: 0,
      notAPrefix: 0,
    });
  });
});
