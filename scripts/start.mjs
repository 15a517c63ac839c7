// npm start [-- options]: makes ready what is missing, then plays the main scenario.
import { at } from './paths.mjs';
import { prepare } from './prepare.mjs';

await prepare();
const { buildIfStale } = await import('./build.mjs');
if (!(await buildIfStale())) process.exit(1);
const { main } = await import('../dist/src/cli/main.js');
process.exitCode = await main(['run', at('scenarios', 'babel.yaml'), ...process.argv.slice(2)]);
