// npm test [-- vitest options]: makes ready what is missing, runs every test, ends with one line.
import { mkdirSync, rmSync } from 'node:fs';
import { at, textOf } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { runNode } from './spawned.mjs';

const REPORT = at('.cache', 'vitest.json');

await prepare();
const { buildIfStale } = await import('./build.mjs');
if (!(await buildIfStale())) process.exit(1);
mkdirSync(at('.cache'), { recursive: true });
rmSync(REPORT, { force: true });
const { code } = await runNode(
  at('node_modules', 'vitest', 'vitest.mjs'),
  [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${REPORT}`,
    ...process.argv.slice(2),
  ],
  { show: true, env: { DEMIURGE_PREPARED: '1' } },
);
const { passed, failed } = counts(JSON.parse(textOf(REPORT) || '{}'));
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : code;

/** A file that did not even load counts as one failure. */
function counts({ testResults = [], numPassedTests = 0, numFailedTests = 0 }) {
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failed = numFailedTests + unloaded;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
