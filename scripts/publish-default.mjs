// npm run train:defaults -- <name> --publish: puts what was reached into models/, with a card.
import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampledCorpus } from './sampled-violin.mjs';

/**
 * Copies the best version of a training (or its last, where `choose` says so) to `models/<id>`,
 * judges it on the recordings that were held out, and writes its card.
 */
export async function publishDefault({ name, id, choose, home, sampled }) {
  const registry = join(home, 'runs');
  const training = join(registry, id, 'training');
  const read = (file) => JSON.parse(readFileSync(join(training, file), 'utf8'));
  const version = choose === 'last' ? { id } : (read('best.json').at(-1) ?? { id });
  const { loadRun } = await import('../dist/src/models/index.js');
  const { evaluateRun } = await import('../dist/src/training/index.js');
  const run = await loadRun(version.id, { registry });
  const corpus = read('corpus.json');
  const beginning = read('beginning.json');
  // A training that went on from another one heard what that one held out, and the other way round.
  const fresh = beginning.from !== null;
  const heldOut = !fresh
    ? gatherHeldOut(corpus, join(home, 'held-out', name))
    : sampled
      ? await sampledToJudge(join(home, 'sampled-to-judge'))
      : await rendered(join(home, 'rendered-to-judge'));
  const judged = await evaluateRun(run, { corpus: heldOut, seconds: 60, seed: 1 });
  const folder = join('models', version.id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(run.folder).filter((file) => /\.(json|safetensors)$/.test(file));
  for (const file of files) copyFileSync(join(run.folder, file), join(folder, file));
  const steps = version.step ?? stepsOf(training);
  writeFileSync(
    join(folder, 'card.md'),
    card({ name, version, run, corpus, beginning, judged, steps, sampled }),
  );
  process.stdout.write(`${folder}\n${JSON.stringify(judged)}\n`);
  return 0;
}

/** Lines on the sampled violin that no training has heard. */
async function sampledToJudge(out) {
  if (existsSync(out)) return out;
  const { main } = await import('../dist/src/cli/main.js');
  const code = await sampledCorpus(main, ['--minutes', '5', '--seed', '32'], out);
  if (code !== 0) throw new Error('there is nothing to judge by');
  return out;
}

/** Bowed strings that no training has heard. */
async function rendered(out) {
  const { renderCorpus } = await import('../dist/src/training/index.js');
  if (!existsSync(out)) await renderCorpus({ seconds: 300, seed: 2, out });
  return out;
}

function stepsOf(training) {
  const lines = readFileSync(join(training, 'history.jsonl'), 'utf8').trim().split('\n');
  return JSON.parse(lines.at(-1)).step;
}

function gatherHeldOut({ folder, heldOut, heldOutBy }, into) {
  if (heldOutBy !== 'files') throw new Error('a default model is judged on whole files held out');
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  for (const file of new Set(heldOut.map((stretch) => stretch.file))) {
    if (!existsSync(join(into, file))) linkSync(join(folder, file), join(into, file));
  }
  return into;
}

function heldOutSaid({ from }, { heldOut }, sampled) {
  if (sampled)
    return `the phrases of \`corpus render --minutes 5 --seed 32\` on the sampled violin`;
  if (from !== null)
    return `what \`corpus render --minutes 5 --seed 2\` makes (it went on from ${from})`;
  return [...new Set(heldOut.map(({ file }) => `\`${file}\``))].join(', ');
}

const RENDERED_SAID = `the sampled violin of \`corpus/violin\` and bowed strings rendered by
  \`demiurge corpus render --minutes 20 --seed 1\`.`;
const SAMPLED_SAID = `the phrases of \`corpus render --minutes 30 --seed 31\` on the violin of the
  FluidR3 GM soundfont (Frank Wen, MIT licence), and ten minutes of rendered bowed strings. It went
  on from \`mel-mels\`, and that from \`mel-spectral\`, whose corpus had \`corpus/violin\` in it;
  the first twelve steps of the first stage were repeated bit for bit, its whole was not.`;

/** The card says the whole; `demiurge models evaluate --json` also says each step and clip. */
const withoutSteps = (key, value) => (key === 'byStep' ? undefined : value);

function card({ name, version, run, corpus, beginning, judged, steps, sampled }) {
  const { kind, recipe, settings, seed, engine, threads } = beginning;
  const minutes = corpus.files.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return `# ${version.id}: ${kind}, trained

One of the models that come along, \`${name}\`, at step ${steps}.

- **Made by** \`npm run train:defaults -- ${name}\` and then \`-- ${name} --publish\`:
  recipe \`${recipe}\`, seed ${seed}, engine \`${engine}\`, threads ${threads};
  a training with the same seed, engine and threads repeats bit for bit.
- **Learned from** ${corpus.files.length} recordings, ${minutes.toFixed(1)} minutes, corpus hash
  \`${corpus.hash}\`:
  ${sampled ? SAMPLED_SAID : RENDERED_SAID}
- **Never heard** ${heldOutSaid(beginning, corpus, sampled)}: the figures below are of these.
- **Content hash** \`${run.hash}\`

## Figures

\`\`\`json
${JSON.stringify(judged, withoutSteps, 2)}
\`\`\`

What they mean: docs/evaluation.md.

## Settings

\`\`\`json
${JSON.stringify(settings, undefined, 2)}
\`\`\`
`;
}
