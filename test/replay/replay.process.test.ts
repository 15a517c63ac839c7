// The main scenario, with its networks in processes of their own, is the same again to the byte.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { ReplayCertificate } from '../../src/replay/index.js';

const home = mkdtempSync(join(tmpdir(), 'demiurge-babel-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('replays babel byte for byte, and compares it', { timeout: 240_000 }, () => {
  const [run, again] = [join(home, 'run'), join(home, 'again')];
  const program = ['bin/demiurge.mjs'];
  const length = ['--duration', '20s', '--no-dashboard'];
  execFileSync('node', [...program, 'run', ...length, '--out', run]);
  const replay = spawnSync('node', [...program, 'replay', run, '--check', '--out', again]);
  expect([replay.status, String(replay.stderr)]).toEqual([0, '']);
  expect(String(replay.stdout)).toContain('IDENTICAL');
  const text = readFileSync(join(again, 'certificate.json'), 'utf8');
  const { audio, replay: made } = JSON.parse(text) as ReplayCertificate;
  expect(audio).toEqual([{ file: 'audio/out.wav', verdict: 'equal' }]);
  expect(made.models.map(({ role }) => role).sort()).toEqual(['dreams', 'mel', 'una']);
  const compared = execFileSync('node', [...program, 'compare', run, again, '--json']);
  const { others } = JSON.parse(String(compared)) as { others: { differing: number }[] };
  expect(others.map(({ differing }) => differing)).toEqual([0]);
});
