// Finds, fetches or builds the native part of faiss-node, which a plain `npm ci` leaves out.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const root = dirname(dirname(fileURLToPath(import.meta.url)));

const SMOKE = `
  const { IndexFlatL2 } = require('faiss-node');
  const index = new IndexFlatL2(2);
  index.add([0, 0, 3, 4]);
  const { labels, distances } = index.search([3, 3], 1);
  if (labels[0] !== 1 || distances[0] !== 1) throw new Error('FAISS finds the wrong row');
`;

// faiss-node expects faiss::idx_t, which FAISS has only since 1.7.4; the system's 1.7.3 calls it
// Index::idx_t.
const SHIM = `#include <faiss/Index.h>
#if FAISS_VERSION_MAJOR == 1 && FAISS_VERSION_MINOR == 7 && FAISS_VERSION_PATCH < 4
namespace faiss { using idx_t = Index::idx_t; }
#endif
`;

/**
 * Whether the native part loads and finds; undefined when it does, else why not. Tried in a process
 * of its own.
 */
export async function faissFault() {
  try {
    await run(process.execPath, ['-e', SMOKE], { cwd: root, timeout: 30_000 });
    return undefined;
  } catch (error) {
    const lines = `${error.stderr ?? ''}`.split('\n');
    return lines.find((line) => line.includes('Error')) ?? error.message.split('\n')[0];
  }
}

function packageFolder() {
  return dirname(require.resolve('faiss-node/package.json'));
}

async function fetchPrebuilt() {
  const tool = require.resolve('prebuild-install/bin.js');
  await run(process.execPath, [tool, '--runtime', 'napi'], {
    cwd: packageFolder(),
    timeout: 60_000,
  });
}

function findHeaders() {
  const candidates = [
    join(dirname(dirname(process.execPath)), 'include', 'node'),
    '/usr/include/node',
    '/usr/local/include/node',
  ];
  const found = candidates.find((folder) => existsSync(join(folder, 'node_api.h')));
  if (found === undefined) throw new Error("Node's headers (node_api.h) are not installed");
  return found;
}

async function installLibraries() {
  if (existsSync('/usr/include/faiss/Index.h')) return;
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0;
  if (!mayInstall) throw new Error('libfaiss-dev and libopenblas-dev are not installed');
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 };
  const packages = ['install', '-y', 'libfaiss-dev', 'libopenblas-dev'];
  await run('apt-get', packages, options).catch(async () => {
    await run('apt-get', ['update'], options);
    await run('apt-get', packages, options);
  });
}

async function compile() {
  await installLibraries();
  const folder = packageFolder();
  const addonApi = require.resolve('node-addon-api/package.json', { paths: [folder] });
  const work = await mkdtemp(join(tmpdir(), 'demiurge-faiss-'));
  try {
    const [shim, built] = [join(work, 'shim.h'), join(work, 'faiss-node.node')];
    await writeFile(shim, SHIM);
    const flags = ['-shared', '-O3', '-std=c++17', '-fPIC', '-fopenmp', '-DNAPI_VERSION=8'];
    const includes = ['-include', shim, '-I', findHeaders(), '-I', dirname(addonApi)];
    const source = join(folder, 'src', 'faiss.cc');
    const links = ['-lfaiss', '-lopenblas', '-o', built];
    await run('g++', [...flags, ...includes, source, ...links], { timeout: 300_000 });
    const target = join(folder, 'build', 'Release', 'faiss-node.node');
    await place(built, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function place(built, target) {
  await mkdir(dirname(target), { recursive: true });
  await run('cp', [built, `${target}.new`]);
  await rename(`${target}.new`, target);
}

async function attempt(way, act, log) {
  try {
    await act();
    const fault = await faissFault();
    if (fault === undefined) return true;
    log(`FAISS: ${way} does not load: ${fault}`);
  } catch (error) {
    log(`FAISS: ${way} failed: ${`${error.stderr || error.message}`.trim().split('\n')[0]}`);
  }
  return false;
}

/**
 * Makes FAISS usable: `present`, `compiled` (against the system's FAISS) or `fetched` (the
 * package's own binary). Where none of these works it resolves to `exact`: matching then uses the
 * exact index, which finds the same more slowly.
 */
export async function provideFaiss({ log = console.log } = {}) {
  if ((await faissFault()) === undefined) return { way: 'present' };
  if (await attempt('the build', compile, log)) return { way: 'compiled' };
  if (await attempt('the prebuilt binary', fetchPrebuilt, log)) return { way: 'fetched' };
  log('FAISS: not available; matching uses the exact index, which finds the same more slowly');
  return { way: 'exact' };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { way } = await provideFaiss();
  console.log(`FAISS: ${way}`);
}
