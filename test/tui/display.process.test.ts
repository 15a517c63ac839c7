import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { demiurge } from '../cli/launched.js';
import { ROOT } from '../house/source.js';
import { spawn } from 'node:child_process';

const PROGRAM = join(ROOT, 'dist', 'tui', 'main.js');

/** Tells the display some lines, ends its input and returns what it drew and how it ended. */
function shown(lines: readonly string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [PROGRAM], { env: { ...process.env, NO_COLOR: '1' } });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

const SCENE = { type: 'scene', title: 'Babel', run: 'abcd1234', clock: 'real', seed: 7 };
const PROGRESS = {
  type: 'progress',
  seconds: 61,
  wallSeconds: 61,
  lagSeconds: 0,
  lapsMax: 2,
  dropped: 0,
  agents: [],
  peaksDb: {},
};

describe('the display in a process of its own', () => {
  beforeAll(() => demiurge(['--version']));

  it('ends when its input ends, with the last picture left standing', async () => {
    const { code, out } = await shown([SCENE, PROGRESS].map((record) => JSON.stringify(record)));
    expect(code).toBe(0);
    expect(out).toContain('Babel');
    expect(out).toContain('1:01');
  });

  it('passes over lines that it does not understand', async () => {
    const { code, out } = await shown(['not json', '{"type":"weather"}', JSON.stringify(SCENE)]);
    expect(code).toBe(0);
    expect(out).toContain('tuning');
  });
});
