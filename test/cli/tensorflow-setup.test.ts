import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../house/source.js';
import { trainingFolder } from '../training/small-corpus.js';

interface Setup {
  readonly provideTensorflow: (
    which: 'cpu' | 'gpu',
    parts: {
      readonly modules: string;
      readonly install: (args: readonly string[]) => Promise<{ code: number; said: string }>;
      readonly tries?: (name: string) => Promise<string | undefined>;
    },
  ) => Promise<readonly string[]>;
}

const script = join(ROOT, 'scripts', 'tensorflow.mjs');
const { provideTensorflow } = (await import(script)) as Setup;

const FAILED = `
> @tensorflow/tfjs-node@4.22.0 install
      throw er; // Unhandled 'error' event
Error: getaddrinfo ENOTFOUND storage.example
    at somewhere
npm error code 1
npm error command failed
npm error A complete log of this run can be found in: /a/log
`;
const LINES = [
  'no @tensorflow/tfjs-node@4.22.0: getaddrinfo ENOTFOUND storage.example',
  'nothing was changed; the traced engine, which is there, trains without it',
];

describe('setup --tensorflow', () => {
  it('says in two lines that it cannot be had, and leaves the packages as they were', async () => {
    const modules = packages();
    const before = entriesIn(modules);
    const install = (args: readonly string[]) => {
      expect(args.at(-1)).toBe('@tensorflow/tfjs-node@4.22.0');
      litter(modules);
      return Promise.resolve({ code: 1, said: FAILED });
    };
    expect(await provideTensorflow('cpu', { install, modules })).toEqual(LINES);
    expect(entriesIn(modules)).toEqual(before);
    expect(readFileSync(join(modules, '.package-lock.json'), 'utf8')).toBe('as it was');
  });

  it('takes back a package that was installed and does not load', async () => {
    const modules = packages();
    const before = entriesIn(modules);
    const install = () => {
      litter(modules);
      return Promise.resolve({ code: 0, said: 'added 1 package' });
    };
    const tries = () => Promise.resolve('libtensorflow.so.2: cannot open shared object file');
    const lines = await provideTensorflow('gpu', { install, tries, modules });
    expect(lines[0]).toMatch(/^no @tensorflow\/tfjs-node-gpu@.*: libtensorflow.so.2: cannot/);
    expect(lines).toHaveLength(2);
    expect(entriesIn(modules)).toEqual(before);
  });

  it('keeps what loads, and says so in one line', async () => {
    const modules = packages();
    const install = () => {
      litter(modules);
      return Promise.resolve({ code: 0, said: '' });
    };
    const tries = () => Promise.resolve(undefined);
    const lines = await provideTensorflow('cpu', { install, tries, modules });
    expect(lines).toEqual(['@tensorflow/tfjs-node@4.22.0 installed, and loads']);
    expect(existsSync(join(modules, '@tensorflow', 'tfjs-node'))).toBe(true);
  });
});

function packages(): string {
  const modules = join(trainingFolder(), 'node_modules');
  for (const name of ['.bin', 'zod', '@tensorflow/tfjs-core']) {
    mkdirSync(join(modules, name), { recursive: true });
  }
  writeFileSync(join(modules, '.package-lock.json'), 'as it was');
  return modules;
}

// What npm leaves behind: links to commands of packages that it took away again, and more.
function litter(modules: string): void {
  symlinkSync('../nowhere/bin.js', join(modules, '.bin', 'rimraf'));
  mkdirSync(join(modules, '@tensorflow', 'tfjs-node'));
  mkdirSync(join(modules, '@mapbox', 'node-pre-gyp'), { recursive: true });
  writeFileSync(join(modules, '.package-lock.json'), 'as it became');
}

function entriesIn(modules: string): readonly string[] {
  return (readdirSync(modules, { recursive: true }) as string[]).toSorted();
}
