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
import { sampledCorpus } from './sampled-violin.mjs';

const HOME = join('.cache', 'defaults');
const RENDERED = join(HOME, 'rendered');
const RENDER = ['--minutes', '20', '--seed', '1'];
const SAMPLED = join(HOME, 'sampled');
const SAMPLE = ['--minutes', '30', '--seed', '31'];

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
  // The vocoder learns spectra first; the mels it is measured by come after, on its weights; and at
  // last what it is for, which is the sampled violin (`apt-get install fluidsynth
  // fluid-soundfont-gm`).
  'mel-spectral': [
    'all',
    'mel-gan --id mel0good --seed 21 --steps 8550 --set lambda_mel=0',
    'last',
  ],
  'mel-mels': [
    'all',
    'mel-gan --from mel0good --id mel0fine --seed 23 --steps 3000 --threads 2' +
      ' --set rate=1e-3 rate_half_steps=800',
    'last',
  ],
  'mel-good': [
    'sampled',
    'mel-gan --from mel0fine --id mel0samp --seed 25 --steps 24000' +
      ' --set rate=1.5e-3 rate_half_steps=5000 held_out=0.03 evaluate_every=500',
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

async function publish(corpus, words, choose) {
  const id = words.split(' ')[words.split(' ').indexOf('--id') + 1];
  const { publishDefault } = await import('./publish-default.mjs');
  return publishDefault({ name, id, choose, home: HOME, sampled: corpus === 'sampled' });
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
  if (corpus === 'sampled' && !existsSync(SAMPLED)) {
    const sampled = await sampledCorpus(main, SAMPLE, SAMPLED);
    if (sampled !== 0) return sampled;
  }
  return main(['train', ...said, '--corpus', gathered(corpus), ...registry, ...more]);
}

/** A folder with the recordings of a corpus, linked where the file system lets them be. */
function gathered(corpus) {
  const folder = join(HOME, 'corpora', corpus);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  if (corpus === 'sampled') gatherSampled(draft);
  else {
    for (const from of [at('corpus', 'violin'), RENDERED]) {
      for (const file of soundsIn(from).filter((one) => CORPORA[corpus].test(one))) {
        link(from, draft, file);
      }
    }
  }
  renameSync(draft, folder);
  return folder;
}

/** The sampled recordings, and the first twenty of the rendered ones beside them. */
function gatherSampled(folder) {
  for (const file of soundsIn(SAMPLED)) link(SAMPLED, folder, file, `s-${file}`);
  for (const file of soundsIn(RENDERED).slice(0, 20)) link(RENDERED, folder, file);
}

function soundsIn(folder) {
  return readdirSync(folder)
    .filter((file) => /\.(flac|wav)$/.test(file))
    .toSorted();
}

function link(from, to, file, name = file) {
  try {
    linkSync(join(from, file), join(to, name));
  } catch {
    // Another disk, or a file system without links.
    copyFileSync(join(from, file), join(to, name));
  }
}
