import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom, sizeOf, tensor } from '../../src/core/index.js';
import { readSafetensors, writeSafetensors } from '../../src/models/formats/safetensors.js';
import { loadRun, loadTraining } from '../../src/models/index.js';
import { heldOutIn, lossesIn, resumedIn, trainedIn } from './small-training.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';

const bytesIn = (folder: string, name: string): string =>
  readFileSync(join(folder, name)).toString('base64');

describe('a training that goes on', () => {
  it('crosses from the spectral to the adversarial phase as if unbroken', async () => {
    const changes = { adversary: true, warm_steps: 4, evaluate_every: 3, checkpoint_every: 5 };
    const chosen = {
      family: 'mel-gan',
      id: 'phases00',
      changes: { ...changes, steps: 7 },
    } as const;
    const [whole, broken] = [trainingFolder(), trainingFolder()];
    const unbroken = await trainedIn(whole, writeCorpus(whole), chosen);
    expect(unbroken).toMatchObject({ step: 7, phase: 'adversarial', ended: 'steps' });
    expect(unbroken.best.map(({ phase }) => phase)).toEqual(['spectral', 'adversarial']);
    await trainedIn(broken, writeCorpus(broken), chosen, { steps: 2 });
    await resumedIn(broken, 'phases00', { steps: 4 });
    await resumedIn(broken, 'phases00', { steps: 6 });
    const resumed = await resumedIn(broken, 'phases00');
    expect(resumed.losses).toEqual(unbroken.losses);
    expect(resumed.best).toEqual(unbroken.best);
    for (const name of ['weights.safetensors', 'training/checkpoint.safetensors']) {
      expect(bytesIn(resumed.folder, name), name).toBe(bytesIn(unbroken.folder, name));
    }
  });

  it('forgets what was written after its last checkpoint', async () => {
    const folder = trainingFolder();
    const chosen = { family: 'sequencer', id: 'forgets0', changes: { steps: 20 } } as const;
    const first = await trainedIn(folder, writeCorpus(folder), chosen);
    const history = join(first.folder, 'training', 'history.jsonl');
    const before = readFileSync(history, 'utf8');
    writeFileSync(history, `${before}{"step":21,"phase":"forecast","losses":{"loss":9}}\n{"st`);
    await resumedIn(folder, 'forgets0');
    expect(readFileSync(history, 'utf8')).toBe(before);
  });

  it('stops with a remedy when a loss is no number, its checkpoint untouched', async () => {
    const folder = trainingFolder();
    const chosen = { family: 'sequencer', id: 'diverge0', changes: { steps: 20 } } as const;
    const first = await trainedIn(folder, writeCorpus(folder), chosen, { steps: 2 });
    const file = join(first.folder, 'training', 'checkpoint.safetensors');
    const tensors = readSafetensors(readFileSync(file));
    tensors['sequencer.parameters']!.data[0] = Number.NaN;
    const spoilt = Buffer.from(writeSafetensors(tensors));
    writeFileSync(file, spoilt);
    await expect(resumedIn(folder, 'diverge0')).rejects.toThrow(
      /'loss' is no longer a number at step 3.*a smaller rate: --set rate=/s,
    );
    expect(readFileSync(file).equals(spoilt)).toBe(true);
  });

  it('stores its run anew where a kill left old and new files side by side', async () => {
    const folder = trainingFolder();
    const chosen = { family: 'sequencer', id: 'repairs0', changes: { steps: 10 } } as const;
    const first = await trainedIn(folder, writeCorpus(folder), chosen);
    const weights = join(first.folder, 'weights.safetensors');
    const whole = readFileSync(weights);
    const altered = Buffer.from(whole);
    altered[altered.length - 1]! ^= 1;
    writeFileSync(weights, altered);
    await resumedIn(folder, 'repairs0');
    expect(readFileSync(weights).equals(whole)).toBe(true);
  });

  it('refuses a corpus that has changed, and a folder that is no training', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    const chosen = { family: 'sequencer', id: 'changed0', changes: { steps: 2 } } as const;
    await trainedIn(folder, corpus, chosen);
    await expect(trainedIn(folder, corpus, chosen)).rejects.toThrow(/taken.*--resume changed0/s);
    rmSync(join(corpus, 'tone-1.wav'));
    await expect(resumedIn(folder, 'changed0')).rejects.toThrow(/has changed.*--from changed0/s);
    await expect(resumedIn(folder, 'nothere0')).rejects.toThrow(/no training 'nothere0' to resume/);
  });
});

describe('a trained run', () => {
  it('infers as the network under training does', async () => {
    const folder = trainingFolder();
    const chosen = { family: 'sequencer', kind: 'transformer', changes: { steps: 8 } } as const;
    const { id, folder: place } = await trainedIn(folder, writeCorpus(folder), chosen);
    const run = await loadRun(id, { registry: join(folder, 'runs') });
    const training = await loadTraining();
    const { config } = run.networks.sequencer as never as { config: never };
    const design = training.sequencerStep(
      { kind: 'transformer', config },
      { batch: 3, frames: 12 },
    );
    const shape = [3, 12, 39];
    const random = seededRandom(5, 'window');
    const normal = (): number => random.normal();
    const window = tensor(shape, Float32Array.from({ length: sizeOf(shape) }, normal));
    const file = join(place, 'training', 'checkpoint.safetensors');
    const { state } = await training.loadCheckpoint(file, design);
    const stepper = await training.openStepper(training.tracedEngine, design);
    const { losses } = await stepper.step(state, { window }, 0);
    await stepper.close();
    const part = (from: number, to: number): Float32Array =>
      Float32Array.from(window.data.filter((_, i) => i % (12 * 39) >= from && i % (12 * 39) < to));
    const model = await run.open();
    const heard = tensor([3, 8, 39], part(0, 8 * 39));
    const { prediction } = await model.run({ window: heard }, { steps: 4 });
    await model.close();
    const wanted = part(8 * 39, 12 * 39);
    const errors = prediction!.data.map((value, i) => (value - wanted[i]!) ** 2);
    const mean = errors.reduce((sum, each) => sum + each, 0) / errors.length;
    expect(Math.abs(mean - (losses['loss'] as number))).toBeLessThan(1e-5);
  });

  it('is where another training can begin, with its widths and statistics', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    const changes = { steps: 3, hidden_size: 7 };
    const first = await trainedIn(folder, corpus, { family: 'sequencer', changes });
    const seed = 9;
    const chosen = { family: 'sequencer', from: first.id, seed, changes: { steps: 1 } } as const;
    const second = await trainedIn(folder, corpus, chosen, { steps: 0 });
    const registry = join(folder, 'runs');
    const [a, b] = [await loadRun(first.id, { registry }), await loadRun(second.id, { registry })];
    expect(b.networks.sequencer?.config).toMatchObject({ hidden_size: 7 });
    expect(b.stats).toEqual(a.stats);
    expect(await b.weights()).toEqual(await a.weights());
  });

  it('that never heard of the mel loss is where one that does can begin', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    const changes = { steps: 10, lambda_mel: 0, ngf: 3 };
    const first = await trainedIn(folder, corpus, { family: 'mel-gan', changes });
    const second = await trainedIn(folder, corpus, {
      family: 'mel-gan',
      from: first.id,
      seed: 2,
      changes: { steps: 30, lambda_mel: 10 },
    });
    const [before, after] = [lossesIn(second.folder)[0]!, heldOutIn(second.folder).at(-1)!];
    expect(after['melDb']).toBeLessThan(before['melDb']!);
    const { networks } = await loadRun(second.id, { registry: join(folder, 'runs') });
    expect(networks.vocoder?.config).toMatchObject({ ngf: 3 });
  });

  it('from before there was a mel loss is resumed without one', async () => {
    const folder = trainingFolder();
    const changes = { steps: 4, lambda_mel: 0 };
    const chosen = { family: 'mel-gan', id: 'beforeit', changes } as const;
    const { folder: place } = await trainedIn(folder, writeCorpus(folder), chosen, { steps: 2 });
    const file = join(place, 'training', 'beginning.json');
    const beginning = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly settings: Readonly<Record<string, unknown>>;
    };
    const { lambda_mel: _, ...settings } = beginning.settings;
    writeFileSync(file, JSON.stringify({ ...beginning, settings }));
    const { losses } = await resumedIn(folder, 'beforeit');
    expect(Object.keys(losses!)).toEqual(['loss']);
  });
});
