// npm run setup [-- --tensorflow gpu|cpu]: the steps that a plain npm ci leaves out. Asks nothing.
// What cannot be had is a line or two and no failure; only a broken installation ends in an error.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { rememberSetup } from './prepare.mjs';
import { lastLine, run } from './spawned.mjs';
import { provideTensorflow, TENSORFLOW } from './tensorflow.mjs';

const MINUTE = 60_000;

const say = (what, how) => process.stdout.write(`${what.padEnd(12)} ${how}\n`);

async function runtime() {
  const script = "import('onnxruntime-node').then((ort) => console.log(Object.keys(ort).length))";
  const { code, said } = await run(process.execPath, ['-e', script], { timeoutMs: MINUTE });
  if (code !== 0) throw new Error(`ONNX Runtime does not load: ${lastLine(said)}`);
  say('networks', 'ONNX Runtime loads');
}

async function faiss() {
  const { provideFaiss } = await import('./faiss.mjs');
  const { way } = await provideFaiss({ log: (line) => say('matching', line) });
  if (way !== 'exact') say('matching', `FAISS, ${way}`);
}

async function nats() {
  const found = await run('nats-server', ['--version']);
  if (found.code === 0) return say('bus', `${lastLine(found.said)} found`);
  if (!mayInstall()) return say('bus', 'no nats-server; the embedded bus needs none');
  const { code, said } = await aptInstall('nats-server');
  say('bus', code === 0 ? 'nats-server installed' : `no nats-server (${lastLine(said)})`);
}

const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

async function aptInstall(name) {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 3 * MINUTE };
  const polite = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', '-y', '-q'];
  await run('apt-get', [...polite, 'update'], options);
  return run('apt-get', [...polite, 'install', '--no-install-recommends', name], options);
}

async function tensorflow(which) {
  if (which === undefined) return;
  const [first, ...more] = await provideTensorflow(which);
  say('training', first);
  for (const line of more) say('', line);
}

/** Runs a step that the music can do without. */
async function tolerant(name, step) {
  try {
    await step();
  } catch (error) {
    say(name, `not available: ${error.message.split('\n')[0]}`);
  }
}

/** Which TensorFlow is asked for, if any; ends with 2 when the options are none of ours. */
function tensorflowAsked() {
  try {
    const { values } = parseArgs({ options: { tensorflow: { type: 'string' } } });
    const which = values.tensorflow;
    if (which === undefined || Object.hasOwn(TENSORFLOW, which)) return which;
    throw new Error(`--tensorflow is ${Object.keys(TENSORFLOW).join(' or ')}, not ${which}`);
  } catch (error) {
    process.stderr.write(`${error.message}\n  Try: npm run setup -- --tensorflow gpu\n`);
    process.exit(2);
  }
}

const asked = tensorflowAsked();
try {
  await runtime();
  await tolerant('matching', faiss);
  await tolerant('bus', nats);
  await tensorflow(asked);
  rememberSetup();
} catch (error) {
  process.stderr.write(`The setup stopped. ${error.message}\n  Try: npm ci, then npm run setup\n`);
  process.exitCode = 1;
}
