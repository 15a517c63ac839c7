import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { at, filesBelow, fingerprintOf, ROOT, textOf } from './paths.mjs';
import { runNode } from './spawned.mjs';

const STAMP = at('dist', '.built');
const LOCK = at('.cache', 'build.lock');
const COMPILER = at('node_modules', 'typescript', 'bin', 'tsc');
const CODE = /\.tsx?$/;

const sources = () => ['src', 'tui', 'bench'].flatMap((folder) => filesBelow(at(folder)));
const fingerprint = () => fingerprintOf([...sources(), at('tsconfig.json'), at('package.json')]);

/**
 * Compiles src, tui and bench to dist when they changed since it was last done. Says nothing unless
 * it fails.
 */
export async function buildIfStale() {
  if (textOf(STAMP) === fingerprint()) return true;
  return withLock(LOCK, async () => textOf(STAMP) === fingerprint() || build());
}

/** Compiles, and copies what is not TypeScript beside it; resolves to whether it went well. */
async function build() {
  if (!existsSync(COMPILER)) {
    return complain('The compiler is not installed.\n  Try: npm ci');
  }
  const before = fingerprint();
  const { code, said } = await runNode(COMPILER, ['-p', at('tsconfig.json')]);
  if (code !== 0) return complain(`${said}The sources do not compile.\n  Try: npm run check`);
  copyPlainFiles();
  writeFileSync(STAMP, before);
  return true;
}

function copyPlainFiles() {
  for (const file of sources().filter((one) => !CODE.test(one))) {
    const to = join(at('dist'), relative(ROOT, file));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(file, to);
  }
}

function complain(text) {
  process.stderr.write(`${text}\n`);
  return false;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  rmSync(at('dist'), { recursive: true, force: true });
  process.exitCode = (await buildIfStale()) ? 0 : 1;
}
