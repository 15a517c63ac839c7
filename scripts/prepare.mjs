import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { at, hashOf, textOf } from './paths.mjs';
import { npm, runNode } from './spawned.mjs';

const STAMP = at('node_modules', '.demiurge-setup.json');

/** What a finished setup depends on: the packages, the Node that loads them, the steps. */
const versions = () => ({
  packages: hashOf(textOf(at('package-lock.json'))),
  node: `${process.version} ${process.platform} ${process.arch}`,
  steps: hashOf(textOf(at('scripts', 'setup.mjs')) + textOf(at('scripts', 'faiss.mjs'))),
});

/**
 * Installs packages and runs the setup where still to be done. Exits when packages cannot be had.
 * DEMIURGE_PREPARED=1 says that all is there: a copy with linked packages must not touch them.
 */
export async function prepare() {
  if (process.env.DEMIURGE_PREPARED === '1') return;
  const [now, then] = [versions(), JSON.parse(textOf(STAMP) || '{}')];
  const installed = existsSync(at('node_modules', '.package-lock.json'));
  if (!installed || (then.packages ?? now.packages) !== now.packages) await installPackages();
  if (JSON.stringify(then) === JSON.stringify(now)) return;
  await runNode(at('scripts', 'setup.mjs'), [], { show: true });
}

/** Remembers that the setup was done, for these versions. */
export function rememberSetup() {
  mkdirSync(at('node_modules'), { recursive: true });
  writeFileSync(STAMP, JSON.stringify(versions()));
}

async function installPackages() {
  process.stdout.write('Installing packages (npm ci) …\n');
  const { code } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { show: true });
  if (code === 0) return;
  process.stderr.write('The packages could not be installed.\n  Try: npm ci\n');
  process.exit(1);
}
