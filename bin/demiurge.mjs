#!/usr/bin/env node
// Starts the command line. In a checkout it compiles the sources first if they changed.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Demiurge needs Node 20.19 or newer; this is ${process.version}.\n`);
  process.exit(1);
}
if (existsSync(new URL('../src', import.meta.url))) {
  const { buildIfStale } = await import('../scripts/build.mjs');
  if (!(await buildIfStale())) process.exit(1);
}
const { main } = await import('../dist/src/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
