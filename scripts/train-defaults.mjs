// npm run train:defaults -- <name> [more flags]: trains a default model, or goes on where it was.
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';
import { at, ROOT } from './paths.mjs';

const HOME = join('.cache', 'defaults');
const RENDERED = join(HOME, 'rendered');
const RENDER = ['--minutes', '20', '--seed', '1'];

/** Which recordings of corpus/violin and of the rendered ones are learned from. */
const CORPORA = {
  all: /./,
  ordinario: /ordinario|detache|trill|glissando/,
  extended: /harmonics|tremolo|sul-ponticello|pizzicato|col-legno/,
};

/**
 * Every default model: the corpus it learns, the exact words of the command, and which version is
 * kept.
 */
const DEFAULTS = {
  'una-ordinario': ['ordinario', 'una-gan --id una0ordi --seed 11 --steps 1600', 'last'],
  'una-extended': ['extended', 'una-gan --id una0exte --seed 12 --steps 1600', 'last'],
  // The vocoder learns spectra first; the mels it is measured by come after, on its weights.
  'mel-spectral': [
    'all',
    'mel-gan --id mel0good --seed 21 --steps 8550 --set lambda_mel=0',
    'last',
  ],
  'mel-good': [
    'all',
    'mel-gan --from mel0good --id mel0fine --seed 23 --steps 3000 --threads 2' +
      ' --set rate=1e-3 rate_half_steps=800',
    'best',
  ],
  'mel-raw': [
    'all',
    'mel-gan --kind mel-gan-gru --id mel00dim --seed 22 --steps 300 --set lambda_mel=0',
    'last',
  ],
  'seq-lstm': ['all', 'sequencer --kind lstm --id seq0lstm --seed 31 --steps 1800', 'best'],
  'seq-encoder-decoder': [
    'all',
    'sequencer --kind lstm-encoder-decoder --id seq0lsed --seed 32 --steps 1800',
    'best',
  ],
  'seq-encoder-only': [
    'all',
    'sequencer --kind transformer-encoder-only --id seq0teno --seed 33 --steps 1250' +
      ' --set dropout=0.1 timestep_dropout=0.1 input_noise=0.05',
    'best',
  ],
  'seq-transformer': [
    'all',
    'sequencer --kind transformer --id seq0tran --seed 34 --steps 2500',
    'best',
  ],
};

const [name, ...more] = process.argv.slice(2);
if (!(name in DEFAULTS)) {
  process.stderr.write(`npm run train:defaults -- ${Object.keys(DEFAULTS).join('|')}\n`);
  process.exit(2);
}
process.chdir(ROOT);
await prepare();
const { buildIfStale } = await import('./build.mjs');
if (!(await buildIfStale())) process.exit(1);
const { main } = await import('../dist/src/cli/main.js');
process.exitCode = more.includes('--publish')
  ? await publish(...DEFAULTS[name])
  : await trainDefault(...DEFAULTS[name]);

async function publish(_corpus, words, choose) {
  const id = words.split(' ')[words.split(' ').indexOf('--id') + 1];
  const { publishDefault } = await import('./publish-default.mjs');
  return publishDefault({ name, id, choose, home: HOME });
}

async function trainDefault(corpus, words) {
  const registry = ['--registry', join(HOME, 'runs')];
  const said = words.split(' ');
  const id = said[said.indexOf('--id') + 1];
  if (existsSync(join(HOME, 'runs', id, 'training', 'checkpoint.safetensors'))) {
    return main(['train', '--resume', id, ...registry, ...more]);
  }
  const rendered = existsSync(RENDERED)
    ? 0
    : await main(['corpus', 'render', ...RENDER, '--out', RENDERED]);
  if (rendered !== 0) return rendered;
  return main(['train', ...said, '--corpus', gathered(corpus), ...registry, ...more]);
}

/** A folder with the recordings of a corpus, linked where the file system lets them be. */
function gathered(corpus) {
  const folder = join(HOME, 'corpora', corpus);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const from of [at('corpus', 'violin'), RENDERED]) {
    const files = readdirSync(from).filter((file) => /\.(flac|wav)$/.test(file));
    for (const file of files.filter((one) => CORPORA[corpus].test(one))) link(from, draft, file);
  }
  renameSync(draft, folder);
  return folder;
}

function link(from, to, file) {
  try {
    linkSync(join(from, file), join(to, file));
  } catch {
    // Another disk, or a file system without links.
    copyFileSync(join(from, file), join(to, file));
  }
}
