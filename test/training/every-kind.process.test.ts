import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { demiurge, startDemiurge, written } from '../cli/launched.js';
import { ROOT } from '../house/source.js';
import { openTrainingFolder } from './small-corpus.js';
import { lossesIn } from './small-training.js';

const { folder: home, remove } = openTrainingFolder();
afterAll(remove);

/** How a kind is trained here, and which of its losses must fall. */
interface Trial {
  readonly family: string;
  readonly kind: string;
  readonly steps: number;
  readonly set?: readonly string[];
  readonly falls: string;
}

// A step of a sequencer takes so little that only a longer run can be killed in its middle.
const TRIALS: readonly (readonly [name: string, trial: Trial])[] = [
  ['una-gan', { family: 'una-gan', kind: 'una-gan', steps: 40, falls: 'loss' }],
  ['una-gan-flat', { family: 'una-gan', kind: 'una-gan-flat', steps: 40, falls: 'loss' }],
  ['mel-gan', { family: 'mel-gan', kind: 'mel-gan', steps: 40, falls: 'loss' }],
  ['mel-gan-gru', { family: 'mel-gan', kind: 'mel-gan-gru', steps: 40, falls: 'loss' }],
  [
    'mel-gan with its adversary',
    {
      family: 'mel-gan',
      kind: 'mel-gan',
      steps: 40,
      set: ['adversary=true', 'warm_steps=10'],
      falls: 'melDb',
    },
  ],
  ['hifi-gan', { family: 'hifi-gan', kind: 'hifi-gan', steps: 40, falls: 'loss' }],
  ...['lstm', 'lstm-encoder-decoder', 'transformer-encoder-only', 'transformer'].map(
    (kind) => [kind, { family: 'sequencer', kind, steps: 240, falls: 'loss' }] as const,
  ),
];

// One of each family, unless all are asked for: npm run prove:training.
const ALWAYS = ['una-gan', 'mel-gan with its adversary', 'hifi-gan', 'transformer'];
const TRIED = TRIALS.filter(
  ([name]) => process.env.DEMIURGE_EVERY_KIND === '1' || ALWAYS.includes(name),
);

// Checkpoints lie between the evaluations, so that a kill after one of these undoes some steps.
const RHYTHM = ['checkpoint_every=7', 'evaluate_every=20', 'held_out_batches=1'];
const KILL_AFTER = 20;
const LAST_CHECKPOINT = 14;

describe('on the recordings that come along, a training of', () => {
  it.each(TRIED)('%s survives kill -9 and ends as if unbroken', async (name, trial) => {
    const [a, b] = ['whole', 'killed'].map((part) => join(home, name, part)) as [string, string];
    const whole = await demiurge([...wordsOf(trial), ...placed(a)]);
    expect(whole, whole.err).toMatchObject({ code: 0 });

    const running = startDemiurge([...wordsOf(trial), ...placed(b)]);
    await written(running, `step ${KILL_AFTER}, held out`);
    running.child.kill('SIGKILL');
    expect((await running.ended).code).toBe(null);
    const resumed = await demiurge(['train', '--resume', 'trial000', ...placed(b)]);
    expect(resumed, resumed.err).toMatchObject({ code: 0 });
    const from = Number(/going on from step (\d+)/.exec(resumed.out)?.[1]);
    expect(from).toBeGreaterThanOrEqual(LAST_CHECKPOINT);
    expect(from).toBeLessThan(trial.steps);

    expect(contentsOf(b)).toEqual(contentsOf(a));
    const losses = lossesIn(join(b, 'trial000')).map((each) => each[trial.falls] as number);
    expect(losses).toHaveLength(trial.steps);
    const quarter = trial.steps / 4;
    expect(mean(losses.slice(-quarter))).toBeLessThan(mean(losses.slice(0, quarter)));
  });
});

function wordsOf({ family, kind, steps, set = [] }: Trial): readonly string[] {
  const words = ['train', family, '--kind', kind, '--recipe', 'tiny', '--id', 'trial000'];
  const corpus = join(ROOT, 'corpus', 'violin');
  return [...words, '--steps', String(steps), '--corpus', corpus, '--set', ...RHYTHM, ...set];
}

// All share one cache: the recordings are analysed once for each kind of material.
function placed(registry: string): readonly string[] {
  return ['--registry', registry, '--cache', join(home, 'cache')];
}

/** Every file of a registry with its bytes: weights, checkpoint, history, best version, cards. */
function contentsOf(registry: string): Readonly<Record<string, string>> {
  const files = readdirSync(registry, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
  const entries = paths.toSorted().map((path) => {
    return [path.slice(registry.length), readFileSync(path).toString('base64')];
  });
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
