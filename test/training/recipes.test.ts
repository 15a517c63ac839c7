import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listRuns, loadRun, type NetworkKind } from '../../src/models/index.js';
import { FAMILIES, type Family, RECIPES, settingsOf } from '../../src/training/index.js';
import { heldOutIn, lossesIn, trainedIn } from './small-training.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';

const KINDS = Object.entries(FAMILIES).flatMap(([family, { kinds }]) =>
  kinds.map((kind) => [kind, family] as [NetworkKind, Family]),
);

describe('a tiny recipe', () => {
  it.each(KINDS)('teaches %s: the loss falls, and the run can be opened', async (kind, family) => {
    const folder = trainingFolder();
    const result = await trainedIn(folder, writeCorpus(folder), { family, kind });
    const name = family === 'una-gan' && kind === 'una-gan' ? 'real' : 'loss';
    const losses = lossesIn(result.folder).map((line) => line[name] as number);
    const mean = (part: readonly number[]): number =>
      part.reduce((sum, loss) => sum + loss, 0) / part.length;
    expect(mean(losses.slice(-5))).toBeLessThan(0.9 * mean(losses.slice(0, 5)));
    const run = await loadRun(result.id, { registry: join(folder, 'runs') });
    expect(run).toMatchObject({ kind, trained: true, settings: { recipe: 'tiny' } });
    const model = await run.open();
    await model.close();
  });

  it('chooses the best vocoder by its held-out mels, which come nearer', async () => {
    const folder = trainingFolder();
    const { best, folder: place } = await trainedIn(folder, writeCorpus(folder), {
      family: 'mel-gan',
    });
    const heard = heldOutIn(place).map(({ melDb }) => melDb as number);
    expect(heard.at(-1)).toBeLessThan(0.9 * heard[0]!);
    expect(best.map(({ figure }) => figure)).toEqual([Math.min(...heard)]);
  });

  it('without a weight for mels chooses the best by the spectral loss', async () => {
    const folder = trainingFolder();
    const changes = { lambda_mel: 0, steps: 10 };
    const { best, folder: place } = await trainedIn(folder, writeCorpus(folder), {
      family: 'mel-gan',
      changes,
    });
    const [heard] = heldOutIn(place);
    expect(Object.keys(heard!)).toEqual(['loss']);
    expect(best[0]?.figure).toBe(heard!['loss']);
  });

  it('leaves a card, a history, a picture of its losses and previews', async () => {
    const folder = trainingFolder();
    const changes = { preview_every: 20, snapshot_every: 20 };
    const work = { family: 'mel-gan', changes } as const;
    const result = await trainedIn(folder, writeCorpus(folder), work);
    const card = readFileSync(join(result.folder, 'card.md'), 'utf8');
    expect(card).toContain(`hash \`${result.corpus.hash}\``);
    expect(card).toContain('the very words --steps 40');
    const training = join(result.folder, 'training');
    expect(readFileSync(join(training, 'losses.svg'), 'utf8')).toMatch(/<polyline[^>]+points="\d/);
    expect(readdirSync(join(training, 'previews')).toSorted()).toEqual([
      'step-0000020.png',
      'step-0000020.wav',
      'step-0000040.png',
      'step-0000040.wav',
    ]);
    const { runs } = await listRuns({ registry: join(folder, 'runs') });
    // The run itself, its best version, and the version of step 20; that of 40 is kept besides.
    expect(runs.map(({ id }) => id)).toEqual(
      expect.arrayContaining([result.id, ...result.best.map(({ id }) => id)]),
    );
    expect(runs).toHaveLength(4);
    expect(readdirSync(training).filter((name) => name.startsWith('.new'))).toEqual([]);
  });
});

describe('settings', () => {
  it.each(Object.keys(FAMILIES) as Family[])('of every recipe of %s are valid', (family) => {
    for (const recipe of RECIPES) expect(settingsOf(family, recipe)).toMatchObject({ family });
  });

  it('are refused by name and by value', () => {
    expect(() => settingsOf('mel-gan', 'tiny', { ngfs: 3 })).toThrow(/no setting 'ngfs'.*ngf,/s);
    expect(() => settingsOf('mel-gan', 'tiny', { ngf: 'wide' })).toThrow(/ngf: /);
  });

  it('that do not fit together are refused before anything is written', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder, 1, 1);
    const refused = [
      [{ family: 'una-gan', changes: { frames: 10 } }, /frames is 10.*multiple of 4/],
      [{ family: 'mel-gan', changes: { ratios: [8, 8] } }, /ratios multiply to 64.*256/],
      [{ family: 'sequencer', changes: { forecast_size: 12 } }, /forecast_size is 12/],
      [{ family: 'sequencer', kind: 'mel-gan' }, /cannot be of kind 'mel-gan'/],
    ] as const;
    for (const [work, says] of refused) {
      await expect(trainedIn(folder, corpus, work)).rejects.toThrow(says);
    }
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });
});
