import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../src/core/index.js';
import type { Dims, Model } from '../../../src/models/index.js';
import { parseConfig } from '../../../src/models/index.js';
import { probe } from '../../../src/models/registry/probe.js';

/** A vocoder that answers every mel with the same sound. */
function vocoder(audio: Tensor, promised: Dims = ['any', 1, 'any']): Model {
  return {
    kind: 'mel-gan',
    config: parseConfig('mel-gan', {}),
    inputs: { mel: ['any', 80, 'any'] },
    outputs: { audio: promised },
    run: async () => ({ audio }),
    close: async () => {},
  };
}

function sound(level: number, offset = 0): Tensor {
  const data = Float32Array.from({ length: 64 }, (_, i) => offset + level * Math.sin(i));
  return { shape: [1, 1, 64], data };
}

const trained = { trained: true, where: 'run abc' };
const untrained = { trained: false, where: 'run abc' };

describe('the probe', () => {
  it('has nothing to say about a network that sounds', async () => {
    expect(await probe(vocoder(sound(0.5)), trained)).toEqual([]);
  });

  it('refuses numbers that are not finite', async () => {
    await expect(probe(vocoder(sound(Number.NaN)), trained)).rejects.toThrow(
      "run abc: the probe gave numbers in 'audio' that are not finite",
    );
  });

  it('refuses another shape than promised', async () => {
    const two = vocoder(sound(0.5), ['any', 2, 'any']);
    await expect(probe(two, trained)).rejects.toThrow("gave 'audio' the shape [1, 1, 64]");
  });

  it('refuses silence of a trained vocoder and only notes it of an untrained one', async () => {
    await expect(probe(vocoder(sound(0)), trained)).rejects.toThrow('heard silence');
    expect(await probe(vocoder(sound(0)), untrained)).toEqual([
      'the probe heard silence: the network is untrained',
    ]);
  });

  it('takes a constant for silence, however large', async () => {
    await expect(probe(vocoder(sound(0, 0.7)), trained)).rejects.toThrow('silence');
  });

  it('notes a faint sound', async () => {
    expect(await probe(vocoder(sound(1e-4)), trained)).toEqual([
      'the probe heard a peak of -80 dBFS: nearly silent',
    ]);
  });
});
