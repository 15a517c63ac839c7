import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../house/source.js';
import { start } from './launched.js';
import type { Ended } from './launched.js';

let checkout = '';

/** The smallest checkout that a launcher can start: one file that says a word. */
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'demiurge-launcher-'));
  for (const name of ['bin', 'scripts', 'tsconfig.json', 'package.json']) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  mkdirSync(join(checkout, 'src', 'cli'), { recursive: true });
  writeMain("process.stdout.write('first')");
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

function writeMain(body: string): void {
  const text = `export async function main(): Promise<number> { ${body}; return 0; }`;
  writeFileSync(join(checkout, 'src', 'cli', 'main.ts'), text);
}

const launch = (): Promise<Ended> =>
  start(process.execPath, [join(checkout, 'bin', 'demiurge.mjs')], { cwd: checkout }).ended;

describe('the launcher', () => {
  it('compiles a fresh checkout in silence, and again only when a source changed', async () => {
    expect(await launch()).toEqual({ code: 0, out: 'first', err: '' });
    const compiled = join(checkout, 'dist', 'src', 'cli', 'main.js');
    writeFileSync(compiled, readFileSync(compiled, 'utf8').replace('first', 'still'));
    expect((await launch()).out).toBe('still');
    writeMain("process.stdout.write('second, and longer')");
    expect((await launch()).out).toBe('second, and longer');
  });

  it('compiles once when two start together', async () => {
    const both = await Promise.all([launch(), launch()]);
    expect(both.map(({ out }) => out)).toEqual(['first', 'first']);
  });

  it('takes over the lock of one that died', async () => {
    mkdirSync(join(checkout, '.cache'));
    const { child, ended } = start('true', []);
    await ended;
    writeFileSync(join(checkout, '.cache', 'build.lock'), String(child.pid));
    expect(await launch()).toEqual({ code: 0, out: 'first', err: '' });
  });

  it('starts nothing from sources that do not compile, and says where', async () => {
    writeMain("const a: number = 'x'");
    const { code, out, err } = await launch();
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/src\/cli\/main\.ts\(1,\d+\): error TS/);
    expect(err).toContain('Try: npm run check');
  });

  it('copies what is not TypeScript beside what is compiled', async () => {
    writeFileSync(join(checkout, 'src', 'table.json'), '{}');
    await launch();
    expect(readFileSync(join(checkout, 'dist', 'src', 'table.json'), 'utf8')).toBe('{}');
  });
});
