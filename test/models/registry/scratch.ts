import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** The folder of the fixture checkpoints. */
export const FIXTURES: string = new URL('../../fixtures/checkpoints/', import.meta.url).pathname;

/** An empty folder that is gone when the tests of the file are over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-models-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
