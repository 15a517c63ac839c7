import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../../src/swarm/index.js';
import { ROOT } from '../house/source.js';
import { demiurge, start } from './launched.js';
import type { Ended } from './launched.js';

const folder = mkdtempSync(join(tmpdir(), 'demiurge-package-'));
const home = join(folder, 'node_modules');
const installed = join(home, 'demiurge');
const run = (program: string, ...args: readonly string[]): Promise<Ended> =>
  start(program, args, { cwd: folder }).ended;

/** Installs the tarball as npm would, but with links to what npm already fetched: no network. */
beforeAll(async () => {
  await demiurge(['--version']);
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  const packed = await start('npm', pack).ended;
  expect(packed.code, packed.err).toBe(0);
  await run('tar', '-xzf', packed.out.trim().split('\n').at(-1) ?? '');
  mkdirSync(home);
  cpSync(join(folder, 'package'), installed, { recursive: true });
  for (const name of productionPackages()) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(home, name));
  }
  mkdirSync(join(home, '.bin'));
  symlinkSync('../demiurge/bin/demiurge.mjs', join(home, '.bin', 'demiurge'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The packages a user gets: whatever only development needs must not be missed. */
function productionPackages(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
  const there = new Set(readdirSync(join(ROOT, 'node_modules')));
  return Object.entries(lock.packages)
    .filter(([path, { dev, peer }]) => path !== '' && dev !== true && peer !== true)
    .map(([path]) => path.replace(/^node_modules\//, ''))
    .filter((name) => !name.includes('node_modules/'))
    .filter((name) => there.has(name.split('/')[0] as string));
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly peer?: boolean }>>;
}

describe('the packed tarball in an empty folder', () => {
  it('holds what a user needs and nothing of the workshop', () => {
    const names = readdirSync(installed);
    for (const name of [
      'bin',
      'dist',
      'scenarios',
      'corpus',
      'models',
      'docs',
      'README.md',
      'LICENSE',
    ]) {
      expect(names).toContain(name);
    }
    for (const name of ['src', 'test', 'node_modules', 'out']) expect(names).not.toContain(name);
  });

  it('examines the machine', async () => {
    const { code, out } = await run('npx', '--no-install', 'demiurge', 'doctor', '--json');
    const { findings } = JSON.parse(out) as { findings: { name: string; state: string }[] };
    expect(code).toBe(0);
    expect(findings.find(({ name }) => name === 'onnx')?.state).toBe('ok');
    expect(findings.find(({ name }) => name === 'models')?.state).toBe('ok');
  });

  it('plays its own scenario when none is named, into a folder here', async () => {
    const options = ['--duration', '2s', '--clock', 'virtual', '--json', '--run', 'firstrun'];
    const { code, out, err } = await run('npx', '--no-install', 'demiurge', 'run', ...options);
    expect(code, err).toBe(0);
    expect((JSON.parse(out) as Summary).run).toBe('firstrun');
    expect(readdirSync(join(folder, 'out', 'firstrun'))).toContain('summary.json');
  });

  it('gives authors of kinds its public door', async () => {
    const script =
      "import('demiurge').then(({ defineAgent, seconds }) =>" +
      " console.log(typeof defineAgent, seconds().parse('2min')))";
    const { out, err } = await run(process.execPath, '-e', script);
    expect([out, err]).toEqual(['function 120\n', '']);
  });
});
