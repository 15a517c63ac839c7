// Installs TensorFlow's native engine, or says in two lines why not and leaves all as it was.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, textOf } from './paths.mjs';
import { npm, run } from './spawned.mjs';

/** What can be asked for, and the package that brings it. */
export const TENSORFLOW = { gpu: '@tensorflow/tfjs-node-gpu', cpu: '@tensorflow/tfjs-node' };

const VERSION = '4.22.0';
const MINUTE = 60_000;
// An optional peer that is not saved as a dependency would be left out, and npm content with that.
const INSTALL = 'install --ignore-scripts=false --foreground-scripts --no-save --save-prod';

/**
 * Installs the package and tries it. Returns the lines to show: one where it loads, else two, which
 * say what could not be had and what works instead; node_modules is then as it was before.
 */
export async function provideTensorflow(which, { install = npm, tries = loads, modules } = {}) {
  const folder = modules ?? at('node_modules');
  const before = { entries: entriesOf(folder), note: textOf(noteOf(folder)) };
  const wanted = `${TENSORFLOW[which]}@${VERSION}`;
  const options = { timeoutMs: 20 * MINUTE };
  const { code, said } = await install([...INSTALL.split(' '), wanted], options);
  const fault = code === 0 ? await tries(TENSORFLOW[which]) : reasonIn(said);
  if (fault === undefined) return [`${wanted} installed, and loads`];
  putBack(folder, before);
  return [
    `no ${wanted}: ${fault}`,
    'nothing was changed; the traced engine, which is there, trains without it',
  ];
}

/** Where npm notes what it installed. */
const noteOf = (folder) => join(folder, '.package-lock.json');

/** Takes away what was not there before, which npm leaves in part, and what it noted of it. */
function putBack(folder, { entries, note }) {
  const added = [...entriesOf(folder)].filter((path) => !entries.has(path));
  for (const path of added) rmSync(join(folder, path), { recursive: true, force: true });
  if (note !== '') writeFileSync(noteOf(folder), note);
}

/** Packages and commands in a folder of packages. */
function entriesOf(folder) {
  const inside = (name) =>
    existsSync(join(folder, name)) ? readdirSync(join(folder, name)).map((n) => join(name, n)) : [];
  const top = inside('.');
  const groups = top.filter((name) => name.startsWith('@'));
  return new Set([...top, ...groups.flatMap(inside), ...inside('.bin')]);
}

/** Why a package does not load, tried in a process of its own; undefined when it does. */
async function loads(name) {
  const script = `import('${name}').then(({ tensor }) => tensor([1]).dataSync())`;
  const { code, said } = await run(process.execPath, ['-e', script], { timeoutMs: MINUTE });
  return code === 0 ? undefined : reasonIn(said);
}

/** Of all that was said, the line that names the error, else the last with anything on it. */
export function reasonIn(said) {
  const lines = said.split('\n').map((line) => line.trim());
  const named = lines.find((line) => /^(npm error )?\w*Error: /.test(line));
  const coded = lines.find((line) => /^npm error (?!A complete log|code |path )/.test(line));
  const found = named ?? coded ?? lines.findLast((line) => line !== '') ?? 'no reason was given';
  return found.replace(/^npm error /, '').replace(/^\w*Error: /, '');
}
