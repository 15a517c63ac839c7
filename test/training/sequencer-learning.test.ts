import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { heldOutIn, lossesIn, resumedIn, trainedIn } from './small-training.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';

const LEARNING = { dropout: 0.1, timestep_dropout: 0.1, input_noise: 0.05, rollout: 4 };
const OFF = { dropout: 0, timestep_dropout: 0, input_noise: 0, rollout: 1 };
const chosen = (changes: Readonly<Record<string, number>>) =>
  ({ family: 'sequencer', kind: 'transformer-encoder-only', id: 'learning', changes }) as const;

const bytesIn = (folder: string, name: string): string =>
  readFileSync(join(folder, name)).toString('base64');

describe('a sequencer under training', () => {
  it('is disturbed by its seed alone, and goes on bit by bit as if unbroken', async () => {
    const [whole, broken, other] = [trainingFolder(), trainingFolder(), trainingFolder()];
    const changes = { ...LEARNING, steps: 12 };
    const unbroken = await trainedIn(whole, writeCorpus(whole), chosen(changes));
    await trainedIn(broken, writeCorpus(broken), chosen(changes), { steps: 5 });
    const resumed = await resumedIn(broken, 'learning');
    expect(lossesIn(resumed.folder)).toEqual(lossesIn(unbroken.folder));
    for (const name of ['weights.safetensors', 'training/checkpoint.safetensors']) {
      expect(bytesIn(resumed.folder, name), name).toBe(bytesIn(unbroken.folder, name));
    }
    const second = { ...chosen(changes), seed: 2 };
    const { folder } = await trainedIn(other, writeCorpus(other), second);
    expect(lossesIn(folder)).not.toEqual(lossesIn(unbroken.folder));
  });

  it('is judged undisturbed, by the continuations it is played for', async () => {
    const [noisy, quiet] = [trainingFolder(), trainingFolder()];
    // Nothing is learned at so small a rate: both judge the same weights.
    const changes = { ...OFF, rollout: 4, rate: 1e-30, steps: 10 };
    const heard = await trainedIn(quiet, writeCorpus(quiet), chosen(changes));
    const disturbed = { ...changes, dropout: 0.5, timestep_dropout: 0.5, input_noise: 2 };
    const judged = await trainedIn(noisy, writeCorpus(noisy), chosen(disturbed));
    const [a, b] = [heldOutIn(heard.folder)[0]!, heldOutIn(judged.folder)[0]!];
    expect(b['continuation']).toBeCloseTo(a['continuation']!, 5);
    expect(heard.best[0]?.figure).toBe(a['continuation']);
    expect(lossesIn(judged.folder)[0]!['loss']).not.toBeCloseTo(
      lossesIn(heard.folder)[0]!['loss']!,
    );
  });

  it('from before there was anything to disturb it is resumed without', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    const { folder: place } = await trainedIn(folder, corpus, chosen({ ...OFF, steps: 4 }), {
      steps: 2,
    });
    const file = join(place, 'training', 'beginning.json');
    const beginning = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly settings: Readonly<Record<string, unknown>>;
    };
    const settings = Object.entries(beginning.settings).filter(([name]) => !(name in OFF));
    const before = { ...beginning, settings: Object.fromEntries(settings) };
    writeFileSync(file, JSON.stringify(before));
    const { losses, step } = await resumedIn(folder, 'learning');
    expect(step).toBe(4);
    expect(Object.keys(losses!)).toEqual(['loss']);
  });
});
