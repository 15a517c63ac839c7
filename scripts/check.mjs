// npm run check: types, lint, format and the rules of the house, side by side; says what failed.
import { performance } from 'node:perf_hooks';
import { at } from './paths.mjs';
import { run, runNode } from './spawned.mjs';

const installed = (...parts) => at('node_modules', ...parts);
const LINT = ['--type-aware', '--quiet', '--tsconfig', 'tsconfig.test.json'];
const CHECKS = {
  types: () => runNode(installed('typescript', 'bin', 'tsc'), ['-p', at('tsconfig.test.json')]),
  lint: () => run(installed('.bin', 'oxlint'), LINT),
  format: () => run(installed('.bin', 'biome'), ['format', '--max-diagnostics=5']),
  house: () =>
    runNode(installed('vitest', 'vitest.mjs'), ['run', 'test/house', '--reporter=default']),
};

const results = await Promise.all(Object.entries(CHECKS).map(check));
process.exitCode = results.every(Boolean) ? 0 : 1;

async function check([name, start]) {
  const began = performance.now();
  const { code, said } = await start();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${name.padEnd(7)} ${code === 0 ? 'ok' : 'FAILED'}  ${seconds} s\n`);
  if (code !== 0) process.stdout.write(`${said}\n`);
  return code === 0;
}
