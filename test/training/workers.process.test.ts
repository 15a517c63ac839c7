import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tensors } from '../../src/core/index.js';
import { readSafetensors } from '../../src/models/formats/safetensors.js';
import type { TrainResult } from '../../src/training/index.js';
import { demiurge, startDemiurge, written } from '../cli/launched.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';
import { lossesIn, resumedIn, trainedIn } from './small-training.js';

const CHECKPOINT = join('training', 'checkpoint.safetensors');
const FILES = ['weights.safetensors', 'card.md', CHECKPOINT, join('training', 'history.jsonl')];

const filesIn = (folder: string): readonly string[] =>
  FILES.map((name) => readFileSync(join(folder, name)).toString('base64'));

function expectTheSame(found: TrainResult, expected: TrainResult): void {
  for (const [name, loss] of Object.entries(expected.losses!)) {
    const scale = Math.max(1, Math.abs(loss));
    expect(Math.abs(found.losses![name]! - loss) / scale, name).toBeLessThan(1e-6);
  }
  const [other, whole] = [found, expected].map(({ folder }) =>
    readSafetensors(readFileSync(join(folder, CHECKPOINT))),
  );
  for (const [name, { data }] of Object.entries(whole!)) {
    const weighs = name.endsWith('.parameters') ? gradientIn(whole!, name) : () => true;
    const misses = data.map((value, i) =>
      weighs(i) ? Math.abs(value - other![name]!.data[i]!) : 0,
    );
    const scale = Math.max(1, ...data.map(Math.abs));
    // The optimiser's vectors gather the roundings of gradients many times a parameter's change.
    const within = /\.(mean|variance)$/.test(name) ? 1e-5 : 1e-6;
    expect(Math.max(...misses) / scale, name).toBeLessThan(within);
  }
}

// Adam makes a whole step of a gradient that is nothing but rounding: a ten-thousandth of the
// largest is where that begins.
function gradientIn(state: Tensors, parameters: string): (index: number) => boolean {
  const { data } = state[parameters.replace(/\.parameters$/, '.variance')]!;
  const least = 1e-8 * Math.max(...data);
  return (i) => data[i]! >= least;
}

const ORIGINAL = { warm_steps: 0, adversary: true, lambda_stft: 0, lambda_mel: 0 };

describe('two workers', () => {
  it.each([
    ['lstm', 'sequencer', {}],
    ['lstm-encoder-decoder', 'sequencer', {}],
    ['transformer', 'sequencer', {}],
    ['transformer-encoder-only', 'sequencer', {}],
    // Without the spectral loss, whose convergence hears the batch as one.
    ['mel-gan', 'mel-gan', ORIGINAL],
  ] as const)('on half a batch each learn what one learns: %s', async (kind, family, more) => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    const changes = { ...more, steps: 3, batch_size: 4, rate: 1e-4, evaluate_every: 3 };
    const trained = (workers: number): Promise<TrainResult> =>
      trainedIn(folder, corpus, { family, kind, id: `workers${workers}`, changes }, { workers });
    const one = await trained(1);
    const two = await trained(2);
    expectTheSame(two, one);
    for (const [name, figure] of Object.entries(one.heldOut!)) {
      expect(two.heldOut![name], name).toBeCloseTo(figure, 5);
    }
  });

  it('go on from one phase to the next as if unbroken, and the same every time', async () => {
    const [whole, broken] = [trainingFolder(), trainingFolder()];
    const changes = { adversary: true, warm_steps: 4, steps: 7 };
    const chosen = { family: 'mel-gan', id: 'shared00', changes } as const;
    const unbroken = await trainedIn(whole, writeCorpus(whole), chosen, { workers: 2 });
    await trainedIn(broken, writeCorpus(broken), chosen, { workers: 2, steps: 3 });
    const resumed = await resumedIn(broken, 'shared00');
    expect(resumed).toMatchObject({ workers: 2, losses: unbroken.losses, best: unbroken.best });
    expect(filesIn(resumed.folder)).toEqual(filesIn(unbroken.folder));
    const card = readFileSync(join(resumed.folder, 'card.md'), 'utf8');
    expect(card).toContain('engine traced, 2 workers of 1 thread each, seed 1');
    expect(lossesIn(resumed.folder)).toHaveLength(7);
  });

  it('come near to one where batch norm hears only their own parts', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    const changes = { steps: 1, batch_size: 4, frames: 8 };
    const losses = [];
    for (const workers of [1, 2]) {
      const chosen = { family: 'una-gan', id: `workers${workers}`, changes } as const;
      losses.push((await trainedIn(folder, corpus, chosen, { workers })).losses!);
    }
    for (const [name, loss] of Object.entries(losses[0]!)) {
      expect(Math.abs(losses[1]![name]! / loss - 1), name).toBeLessThan(0.1);
    }
  });

  it('can hand over to one, and four can take over', async () => {
    const folder = trainingFolder();
    const chosen = { family: 'sequencer', id: 'handover' } as const;
    await trainedIn(folder, writeCorpus(folder), chosen, { workers: 2, steps: 2 });
    expect(await resumedIn(folder, 'handover', { workers: 1, steps: 4 })).toMatchObject({
      workers: 1,
      step: 4,
    });
    await expect(resumedIn(folder, 'handover', { workers: 3 })).rejects.toThrow(
      /batch of 4 cannot be shared evenly by 3 workers \(expected 1, 2, 4\)/,
    );
    expect(await resumedIn(folder, 'handover', { workers: 4, steps: 6 })).toMatchObject({
      workers: 4,
      step: 6,
    });
  });
});

const SHARED = ['--recipe', 'tiny', '--steps', '60', '--workers', '2', '--id', 'killed00'];

function childrenOf(pid: number | undefined): readonly number[] {
  const listed = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return listed.trim().split('\n').map(Number);
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Nobody may be there to collect it: what has ended but still has a number has no program.
  return existsSync(`/proc/${pid}`) ? existsSync(`/proc/${pid}/exe`) : true;
}

describe('a training with workers', () => {
  it('leaves none behind when it is killed, and says so when one of them is', async () => {
    const folder = trainingFolder();
    const words = ['train', 'sequencer', '--corpus', writeCorpus(folder), ...SHARED];
    const place = (name: string): string[] => {
      return ['--registry', join(folder, name), '--cache', join(folder, 'cache')];
    };
    const whole = await demiurge([...words, ...place('a')]);
    expect(whole).toMatchObject({ code: 0 });

    const killed = startDemiurge([...words, ...place('b')]);
    await written(killed, 'step 20, held out');
    const workers = childrenOf(killed.child.pid);
    expect(workers).toHaveLength(2);
    killed.child.kill('SIGKILL');
    // The end comes when nobody holds stderr any more, neither the training nor its workers.
    await killed.ended;
    await expect.poll(() => workers.filter(lives)).toEqual([]);

    const resume = ['train', '--resume', 'killed00', ...place('b')];
    const bereft = startDemiurge(resume);
    await written(bereft, 'step 40, held out');
    process.kill(childrenOf(bereft.child.pid)[1]!, 'SIGKILL');
    const { code, err } = await bereft.ended;
    expect(err).toMatch(/worker process \d+ of the training died \(SIGKILL\)/);
    expect(err).toContain('Try: go on from the last checkpoint: demiurge train --resume killed00');
    expect([code, err.trim().split('\n').length]).toEqual([1, 2]);

    expect(await demiurge(resume)).toMatchObject({ code: 0 });
    const [a, b] = ['a', 'b'].map((name) => join(folder, name, 'killed00'));
    expect(filesIn(b!).slice(2)).toEqual(filesIn(a!).slice(2));
  });

  it('is refused before anything is written where the batch cannot be shared', async () => {
    const folder = trainingFolder();
    const work = { family: 'sequencer' } as const;
    const training = trainedIn(folder, writeCorpus(folder), work, { workers: 8 });
    await expect(training).rejects.toThrow(/batch of 4 .* by 8 workers.*--set batch_size=8/s);
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });
});
