import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demiurge, startDemiurge, written } from '../cli/launched.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';

const FILES = [
  'weights.safetensors',
  'manifest.json',
  'training/checkpoint.safetensors',
  'training/history.jsonl',
  'training/best.json',
] as const;

function filesOf(registry: string, id: string): Record<string, string> {
  const read = (name: string): string => readFileSync(join(registry, id, name)).toString('base64');
  return Object.fromEntries(FILES.map((name) => [name, read(name)]));
}

describe('a training', () => {
  it('that is killed and resumed ends where an unbroken one ends, bit by bit', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    const place = (name: string): string[] => {
      return ['--registry', join(folder, name), '--cache', join(folder, 'cache')];
    };
    const words = ['train', 'sequencer', '--corpus', corpus, '--recipe', 'tiny', '--steps', '240'];
    const whole = await demiurge([...words, '--id', 'whole000', ...place('a')]);
    expect(whole).toMatchObject({ code: 0 });

    const resume = ['train', '--resume', 'whole000'];
    const breaks = [
      [[...words, '--id', 'whole000'], 'step 20, held out'],
      [resume, 'step 60, held out'],
      [resume, 'going on from step'],
    ] as const;
    for (const [command, until] of breaks) {
      const running = startDemiurge([...command, ...place('b')]);
      await written(running, until);
      running.child.kill('SIGKILL');
      expect((await running.ended).code).toBe(null);
    }
    const { out, code } = await demiurge([
      'train',
      '--resume',
      'whole000',
      '--json',
      ...place('b'),
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ step: 240, ended: 'steps' });
    expect(filesOf(join(folder, 'b'), 'whole000')).toEqual(filesOf(join(folder, 'a'), 'whole000'));
  });

  it('that is interrupted saves, says how to go on, and ends well', async () => {
    const folder = trainingFolder();
    const registry = join(folder, 'runs');
    const words = ['train', 'sequencer', '--corpus', writeCorpus(folder), '--recipe', 'tiny'];
    const place = ['--registry', registry, '--cache', join(folder, 'cache'), '--id', 'asked000'];
    const running = startDemiurge([...words, ...place, '--steps', '1000000']);
    await written(running, 'step 20, held out');
    running.child.kill('SIGINT');
    const { code, out } = await running.ended;
    expect(code).toBe(0);
    expect(out).toContain(`go on: demiurge train --resume asked000 --registry ${registry}`);
    const { out: listed } = await demiurge(['models', 'list', '--registry', registry]);
    expect(listed).toMatch(/asked000 +lstm +trained/);
  });
});
