import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demiurge } from '../cli/launched.js';
import { ROOT } from '../house/source.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';
import { lossesIn } from './small-training.js';

const preloaded = join(ROOT, 'test', 'training', 'plain-tensorflow.mjs');
const WITH = { env: { NODE_OPTIONS: `--import=${preloaded}` } };
const SMALL = 'hidden_size=6 num_layers=1 batch_size=2 preview_every=0'.split(' ');

describe('demiurge train --engine tensorflow', () => {
  it('trains with the package that is there, as the traced engine does', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    const words = ['train', 'sequencer', '--corpus', corpus, '--recipe', 'tiny', '--json'];
    const rest = ['--steps', '3', '--registry', join(folder, 'runs'), '--set', ...SMALL];
    const cache = ['--cache', join(folder, 'cache')];
    const told = [...words, ...cache, ...rest];
    const native = await demiurge([...told, '--engine', 'tensorflow', '--id', 'native00'], WITH);
    expect(native.err).toContain('engine tensorflow (@tensorflow/tfjs-node is installed)');
    expect(JSON.parse(native.out)).toMatchObject({ engine: 'tensorflow', step: 3 });
    const auto = await demiurge([...told, '--id', 'itself00'], WITH);
    expect(JSON.parse(auto.out)).toMatchObject({ engine: 'tensorflow' });
    const traced = await demiurge([...told, '--engine', 'traced', '--id', 'traced00'], WITH);
    expect(traced.code).toBe(0);

    const [found, expected] = ['native00', 'traced00'].map((id) =>
      lossesIn(join(folder, 'runs', id)).map(({ loss }) => loss as number),
    );
    expect(found).toHaveLength(3);
    for (const [i, loss] of (expected as number[]).entries()) {
      expect(Math.abs((found?.[i] as number) - loss)).toBeLessThan(1e-4 * loss);
    }
  });
});
