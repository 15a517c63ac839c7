import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { demiurge, startDemiurge, written } from '../../cli/launched.js';

const room = mkdtempSync(join(tmpdir(), 'demiurge-corpus-'));
const out = join(room, 'corpus');

afterAll(() => rmSync(room, { recursive: true, force: true }));

it('a render killed in the middle leaves no corpus, and the next one no trace of it', async () => {
  const long = startDemiurge(['corpus', 'render', '--minutes', '10', '--out', out]);
  await written(long, '1 of 20');
  long.child.kill('SIGKILL');
  await long.ended;
  expect(existsSync(out)).toBe(false);
  const { code } = await demiurge(['corpus', 'render', '--minutes', '0.1', '--out', out]);
  expect(code).toBe(0);
  expect(readdirSync(room)).toEqual(['corpus']);
  expect(readdirSync(out).toSorted()).toEqual(['001-mixed.json', '001-mixed.wav', 'corpus.json']);
});
