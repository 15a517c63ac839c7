// npm run prove:training: trains every kind on corpus/violin, kills it, resumes it, and compares it
// with an unbroken training, byte for byte. The tests do so with one kind of each family.
import { at } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { runNode } from './spawned.mjs';

await prepare();
const { buildIfStale } = await import('./build.mjs');
if (!(await buildIfStale())) process.exit(1);
const { code } = await runNode(
  at('node_modules', 'vitest', 'vitest.mjs'),
  ['run', 'test/training/every-kind', '--reporter=verbose'],
  { show: true, env: { DEMIURGE_PREPARED: '1', DEMIURGE_EVERY_KIND: '1' } },
);
process.exitCode = code;
