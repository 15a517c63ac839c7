import { describe, expect, it } from 'vitest';
import { findTensorflow } from '../../../src/models/training/tensorflow-engine.js';

describe('looking for TensorFlow', () => {
  it('says that nothing is installed', async () => {
    const missing = Object.assign(new Error('no package'), { code: 'ERR_MODULE_NOT_FOUND' });
    const found = await findTensorflow(() => Promise.reject(missing));
    expect(found).toEqual({
      engine: undefined,
      why: '@tensorflow/tfjs-node-gpu is not installed; @tensorflow/tfjs-node is not installed',
    });
  });

  it('tells a package that does not load from one that is not there', async () => {
    const found = await findTensorflow((name) =>
      Promise.reject(
        name.endsWith('gpu')
          ? new Error('libcudart.so.11.0: cannot open shared object file\nmore')
          : Object.assign(new Error('no package'), { code: 'ERR_MODULE_NOT_FOUND' }),
      ),
    );
    expect(found).toMatchObject({ why: expect.stringContaining('does not load: libcudart') });
  });

  it('refuses a package that registers no backend with this copy', async () => {
    const found = await findTensorflow(() => Promise.resolve({}));
    expect(found).toMatchObject({ why: expect.stringContaining('another copy') });
  });
});
