import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spoken, withFolder } from './spoken.js';

const ECHO = `title: Echo room
sampleRate: 8000
agents:
  past: { kind: corpus, folder: corpus, every: 10s }
  door: { kind: mixer }
  out:  { kind: recorder }
links:
  - past.audio -> door.audio
  - door.audio -> out.audio
  - door.audio ~> door.audio: { delay: 400ms, gain: 0.25, laps: 3 }
`;

describe('rehearse', { timeout: 30_000 }, () => {
  const played = (args: readonly string[]): ReturnType<typeof spoken> =>
    withFolder(async (folder) => {
      const file = join(folder, 'echo.yaml');
      mkdirSync(join(folder, 'corpus'));
      writeFileSync(file, ECHO);
      return spoken('rehearse', file, '--days', '0.01', ...args);
    });

  it('prints a page that says what held', async () => {
    const { code, out, err } = await played(['--seed', '3']);
    expect(out).toContain('Rehearsal of Echo room: 0.01 days, mishaps of seed 3');
    expect(out).toMatch(/✓ nothing is lost uncounted +sent = delivered/);
    expect(out.split('\n').length).toBeLessThan(40);
    expect(err).toContain('of 0.01');
    expect(code).toBe(0);
  });

  it('ends with 1, and says why, when a promise is broken', async () => {
    const { code, out } = await played(['--silence', '5s', '--no-mishaps', '--json']);
    const { passed, checks } = JSON.parse(out) as {
      passed: boolean;
      checks: { name: string; passed: boolean }[];
    };
    expect(code).toBe(1);
    expect(passed).toBe(false);
    expect(checks.filter((one) => !one.passed).map(({ name }) => name)).toEqual([
      'no silence is long',
    ]);
  });

  it('asks for days that are a number', async () => {
    expect((await spoken('rehearse', '--days', 'many')).code).toBe(2);
  });
});
