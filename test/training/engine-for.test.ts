import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/index.js';
import { loadTraining, type Training } from '../../src/models/index.js';
import { engineFor } from '../../src/training/engine-for.js';

const NONE = '@tensorflow/tfjs-node-gpu is not installed; @tensorflow/tfjs-node is not installed';

describe('an engine that is asked for', () => {
  it('is TensorFlow’s with auto where that is installed, and the package is named', async () => {
    const from = '@tensorflow/tfjs-node';
    const training = await loadTraining();
    const engine = { ...training.cpuEngine, name: 'tensorflow' } as const;
    const chosen = await engineFor(await knowing({ engine, from }), 'auto');
    expect(chosen).toEqual({ engine, why: '@tensorflow/tfjs-node is installed' });
    expect(await engineFor(await knowing({ engine, from }), 'tensorflow')).toEqual(chosen);
  });

  it('is the traced one with auto elsewhere, and what is missing is told', async () => {
    const { engine, why } = await engineFor(await absent(), 'auto');
    expect([engine.name, why]).toEqual(['traced', NONE]);
  });

  it('is refused in two lines where TensorFlow is asked for and is not there', async () => {
    const refused = engineFor(await absent(), 'tensorflow');
    await expect(refused).rejects.toBeInstanceOf(UserError);
    const hint = 'Try: npm run setup -- --tensorflow cpu, or --engine traced';
    await expect(refused).rejects.toThrow(`--engine: ${NONE}\n  ${hint}`);
  });
});

async function knowing(found: Awaited<ReturnType<Training['findTensorflow']>>): Promise<Training> {
  return { ...(await loadTraining()), findTensorflow: () => Promise.resolve(found) };
}

async function absent(): Promise<Training> {
  const { findTensorflow, ...training } = await loadTraining();
  const missing = Object.assign(new Error('no package'), { code: 'ERR_MODULE_NOT_FOUND' });
  return { ...training, findTensorflow: () => findTensorflow(() => Promise.reject(missing)) };
}
