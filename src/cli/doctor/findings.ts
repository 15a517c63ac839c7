import { existsSync, readdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { findNatsServer, isSafeServer, tooOld } from '../../bus/index.js';
import type { FoundServer } from '../../bus/index.js';
import { packageFolder } from '../package-folder.js';
import { askNode, programOnPath } from './ask-program.js';
import { broken, missing, ok } from './finding.js';
import type { Finding } from './finding.js';

const GIB = 1024 ** 3;
const PLAYERS = ['pw-cat', 'pacat', 'aplay', 'afplay'];

/** The command that runs the setup, in a checkout or in an installed package. */
export function setupCommand(): string {
  if (existsSync(join(packageFolder(), 'src'))) return 'npm run setup';
  return `node ${join(packageFolder(), 'scripts', 'setup.mjs')}`;
}

/** Node itself: 20.19 or newer. */
export function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const says = `Node ${process.versions.node}`;
  if (major > 20 || (major === 20 && minor >= 19)) return ok('node', says);
  return broken('node', `${says}, but 20.19 is needed`, 'install Node 20.19 or newer');
}

/** ONNX Runtime, which computes every network. */
export async function onnxFinding(): Promise<Finding> {
  const script = "import('onnxruntime-node').then((o) => console.log(o.env.versions.node))";
  const { ok: loads, says } = await askNode(script);
  if (loads) return ok('onnx', `ONNX Runtime ${says} loads`);
  return broken('onnx', `ONNX Runtime does not load: ${says}`, 'npm ci');
}

/** FAISS, which finds nearest units; without its native part the exact index does. */
export async function faissFinding(): Promise<Finding> {
  const script =
    "const { IndexFlatL2 } = require('faiss-node'); const i = new IndexFlatL2(2);" +
    'i.add([0, 0, 3, 4]); console.log(i.search([3, 3], 1).labels[0])';
  const { ok: loads, says } = await askNode(script);
  if (loads && says === '1') return ok('faiss', 'native FAISS');
  const why = 'matching uses the exact index: the same units, found more slowly';
  return missing('faiss', why, setupCommand());
}

/** nats-server, for swarms over several machines. */
export function natsFinding(): Finding {
  const server = findNatsServer();
  if (server !== undefined) return ok('nats', natsSays(server));
  const why = 'no nats-server here: the embedded bus serves, --bus spawn does not';
  return missing('nats', why, setupCommand());
}

function natsSays({ version, path }: FoundServer): string {
  const found = `nats-server ${version} (${path})`;
  return isSafeServer(version) ? found : `${found}, for this machine alone: ${tooOld(version)}`;
}

/** TensorFlow, an optional engine for training on a GPU. */
export async function tensorflowFinding(): Promise<Finding> {
  for (const name of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']) {
    const { ok: loads, says } = await askNode(
      `console.log(require('${name}').version['tfjs-core'])`,
    );
    if (loads) return ok('tensorflow', `${name} ${says}`);
  }
  const mend = `${setupCommand()}${setupCommand().startsWith('npm') ? ' --' : ''} --tensorflow gpu`;
  return missing('tensorflow', 'not installed: training uses the built-in engine', mend);
}

/** Space for recordings where the command was called. */
export async function diskFinding(): Promise<Finding> {
  const { bavail, bsize } = await statfs('.');
  const free = (bavail * bsize) / GIB;
  const says = `${free.toFixed(1)} GiB free here`;
  if (free >= 1) return ok('disk', says);
  const mend = 'demiurge run --out <a folder on a larger disk>';
  return missing('disk', `${says}: an hour of sound takes about 0.6 GiB`, mend);
}

/** A sound card and a program that plays; neither is needed to write sound files. */
export function soundFinding(): Finding {
  const player = programOnPath(PLAYERS);
  const cards = existsSync('/dev/snd')
    ? readdirSync('/dev/snd').filter((name) => name.startsWith('pcm'))
    : [];
  const device = process.platform === 'darwin' || cards.length > 0;
  if (player !== undefined && device) return ok('sound', `${player} and a sound device`);
  const lacks = device ? 'no program that plays' : 'no sound device';
  const mend = 'apt-get install -y alsa-utils';
  return missing('sound', `${lacks}: sound goes to WAV files`, mend);
}
