import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demiurge } from './launched.js';
import { withFolder } from './spoken.js';

interface Found {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'broken';
  readonly says: string;
  readonly mend?: string;
}

const findingsIn = async (cwd: string, env = {}): Promise<readonly Found[]> => {
  const { out } = await demiurge(['doctor', '--json'], { cwd, env });
  return (JSON.parse(out) as { findings: readonly Found[] }).findings;
};

const THINGS = ['node', 'onnx', 'faiss', 'nats', 'tensorflow', 'models', 'disk', 'sound'];

describe('the doctor', () => {
  it('looks at everything, and has one command for each gap', () =>
    withFolder(async (folder) => {
      const findings = await findingsIn(folder);
      expect(findings.map(({ name }) => name)).toEqual(THINGS);
      for (const { state, says, mend } of findings) {
        expect(says).not.toBe('');
        expect(mend === undefined).toBe(state === 'ok');
      }
    }));

  it('finds no nats-server where there is none', () =>
    withFolder(async (folder) => {
      const findings = await findingsIn(folder, { PATH: '' });
      const nats = findings.find(({ name }) => name === 'nats');
      const elsewhere = ['/usr/sbin', '/usr/local/bin'].some((place) =>
        existsSync(join(place, 'nats-server')),
      );
      expect(nats?.state === 'ok').toBe(elsewhere);
    }));

  it('names a run that cannot be read', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'runs', 'brokenxx'), { recursive: true });
      writeFileSync(join(folder, 'runs', 'brokenxx', 'config.json'), '{');
      const models = (await findingsIn(folder)).find(({ name }) => name === 'models');
      expect(models?.state).toBe('missing');
      expect(models?.says).toContain('brokenxx');
    }));
});
