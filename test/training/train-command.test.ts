import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spoken } from '../cli/spoken.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';

describe('demiurge train', () => {
  it('prints one JSON document, and nothing else on stdout', async () => {
    const folder = trainingFolder();
    const place = ['--registry', join(folder, 'runs'), '--cache', join(folder, 'cache')];
    const settings = join(folder, 'settings.json');
    writeFileSync(settings, '{ "hidden_size": 7, "num_layers": 2 }');
    const corpus = writeCorpus(folder);
    const words = ['train', 'sequencer', '--corpus', corpus, '--recipe', 'tiny', '--steps', '3'];
    const chosen = ['--settings', settings, '--set', 'hidden_size=9', 'outliers=drop', '--json'];
    const { code, out, err } = await spoken(...words, ...chosen, ...place);
    expect(code).toBe(0);
    const result = JSON.parse(out) as { readonly id: string; readonly folder: string };
    expect(result).toMatchObject({ kind: 'lstm', step: 3, ended: 'steps', engine: 'traced' });
    expect(err).toMatch(/^analysing 1 of 2: tone-0.wav\n/);
    expect(err).toMatch(/step 1 of 3 {2}forecast {2}loss \d/);
    const config = JSON.parse(readFileSync(join(result.folder, 'config.json'), 'utf8')) as object;
    expect(config).toMatchObject({
      networks: { sequencer: { config: { hidden_size: 9, num_layers: 2 } } },
      settings: { outliers: 'drop', recipe: 'tiny', step: 3 },
    });
    const card = readFileSync(join(result.folder, 'card.md'), 'utf8');
    expect(card).toContain(`demiurge train sequencer --corpus ${corpus} --recipe tiny`);
    expect(card).toContain('--set hidden_size=9 outliers=drop');
  });

  it('tells what is wrong in a line or two, with exit code 2', async () => {
    const folder = trainingFolder();
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const refused: readonly [readonly string[], RegExp][] = [
      [['una'], /there is no network "una"/],
      [['mel-gan'], /nothing to learn from/],
      [['mel-gan', '--corpus', empty], /the corpus is empty/],
      [['mel-gan', '--corpus', empty, '--recipe', 'huge'], /there is no recipe "huge"/],
      [['mel-gan', '--corpus', empty, '--set', 'ngf'], /'ngf' sets nothing/],
      [['mel-gan', '--corpus', empty, '--set', 'nfg=1'], /no setting 'nfg'/],
      [['mel-gan', '--corpus', empty, '--engine', 'jet'], /no engine 'jet'/],
      [['mel-gan', '--corpus', empty, '--minutes', '0'], /above 0/],
      [
        ['mel-gan', '--corpus', empty, '--workers', '3'],
        /a batch of 8 cannot be shared.*1, 2, 4, 8/,
      ],
      [['mel-gan', '--corpus', empty, '--from', 'nothere0'], /no run 'nothere0'/],
      [['mel-gan', '--resume', 'nothere0', '--seed', '1'], /mel-gan, --seed cannot change/],
      [['--resume', 'nothere0'], /no training 'nothere0' to resume/],
    ];
    for (const [words, says] of refused) {
      const place = ['--registry', join(folder, 'runs'), '--cache', join(folder, 'cache')];
      const { code, out, err: all } = await spoken('train', ...words, ...place);
      // Node warns once when so many command lines run in one process.
      const err = all.replace(/^\(.*\n/gm, '');
      expect(err, words.join(' ')).toMatch(says);
      expect([code, out]).toEqual([2, '']);
      expect(err.trim().split('\n').length, err).toBeLessThanOrEqual(2);
    }
  });
});
