import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, UserError } from '../../../src/core/index.js';
import type { Tensor } from '../../../src/core/index.js';
import { initialWeights, openModel, parseConfig } from '../../../src/models/index.js';
import type { Model, NetworkKind } from '../../../src/models/index.js';
import { goldenTensor, goldenWeights } from '../golden-fill.js';

const widths: Readonly<Partial<Record<NetworkKind, object>>> = {
  'una-gan': { mfd: 16 },
  'mel-gan': { ngf: 2 },
  'mel-gan-gru': { ngf: 2 },
  lstm: { hidden_size: 8, num_layers: 2, forecast_size: 3 },
  transformer: { num_layers: 1, forecast_size: 3 },
};

function open(kind: NetworkKind, threads = 1): Promise<Model> {
  const raw = widths[kind] ?? {};
  const weights = goldenWeights(kind, raw);
  return openModel({ kind, config: parseConfig(kind, raw), weights, threads });
}

function half({ shape, data }: Tensor, index: number): Tensor {
  const size = data.length / 2;
  return { shape: [1, ...shape.slice(1)], data: data.slice(index * size, (index + 1) * size) };
}

describe('a model', () => {
  let una: Model;
  let mel: Model;
  let lstm: Model;
  let transformer: Model;

  beforeAll(async () => {
    const kinds = ['una-gan', 'mel-gan', 'lstm', 'transformer'] as const;
    [una, mel, lstm, transformer] = (await Promise.all(kinds.map((kind) => open(kind)))) as [
      Model,
      Model,
      Model,
      Model,
    ];
  });
  afterAll(() => Promise.all([una, mel, lstm, transformer].map((model) => model.close())));

  it('says what it hears and says', () => {
    expect(mel.inputs).toEqual({ mel: ['any', 80, 'any'] });
    expect(mel.outputs).toEqual({ audio: ['any', 1, 'any'] });
    expect(Object.keys(una.inputs)).toEqual(['z', 'h0', 'h1', 'h2', 'h3', 'h4']);
    expect(lstm.inputs).toEqual({ window: ['any', 'any', 39] });
    expect(Object.keys(lstm.outputs)).toEqual(['prediction', 'forward']);
    expect(transformer.inputs).toEqual({ window: ['any', 'any', 39] });
  });

  it('takes missing initial states for zeros and hears given ones', async () => {
    const z = goldenTensor(900, [1, 20, 2]);
    const zeros = { shape: [2, 1, 16], data: new Float32Array(32) };
    const silent = await una.run({ z });
    const same = await una.run({ z, h0: zeros, h3: zeros });
    const other = await una.run({ z, h3: goldenTensor(7, [2, 1, 16]) });
    expect(same).toEqual(silent);
    expect(other).not.toEqual(silent);
  });

  it('hears the members of a batch apart from each other', async () => {
    const z = goldenTensor(900, [2, 20, 3]);
    const both = (await una.run({ z })).feat!;
    for (const index of [0, 1]) {
      const alone = (await una.run({ z: half(z, index) })).feat!;
      const heard = half(both, index);
      alone.data.forEach((x, i) => expect(x).toBeCloseTo(heard.data[i]!, 4));
    }
  });

  it('predicts forecast_size frames unless told; a longer prediction begins the same', async () => {
    const window = goldenTensor(904, [2, 5, 39]);
    for (const model of [lstm, transformer]) {
      expect((await model.run({ window })).prediction!.shape).toEqual([2, 3, 39]);
      const long = (await model.run({ window }, { steps: 7 })).prediction!;
      expect(long.shape).toEqual([2, 7, 39]);
    }
    const short = half((await lstm.run({ window })).prediction!, 0);
    const long = half((await lstm.run({ window }, { steps: 7 })).prediction!, 0);
    expect(long.data.slice(0, 3 * 39)).toEqual(short.data);
  });

  it.each([1, 2])(
    'gives the same bytes every time it is opened with %i threads',
    async (threads) => {
      const feeds = { mel: goldenTensor(902, [1, 80, 40]) };
      const heard: Buffer[] = [];
      for (let opened = 0; opened < 3; opened++) {
        const model = await open('mel-gan-gru', threads);
        const { audio } = await model.run(feeds);
        heard.push(Buffer.from(audio!.data.buffer, audio!.data.byteOffset, audio!.data.byteLength));
        await model.close();
      }
      expect(heard.slice(1).every((bytes) => bytes.equals(heard[0]!))).toBe(true);
    },
  );

  it('refuses feeds that are missing, misshapen or too short, and names them', async () => {
    const refused = async (run: Promise<unknown>, words: RegExp): Promise<void> => {
      const error: unknown = await run.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message).toMatch(words);
    };
    await refused(mel.run({}), /mel is missing \(expected \[batch, 80, frames\]\)/);
    await refused(mel.run({ mel: goldenTensor(1, [1, 64, 9]) }), /mel has the shape \[1, 64, 9\]/);
    await refused(mel.run({ mel: goldenTensor(1, [1, 80, 0]) }), /shape \[1, 80, 0\]/);
    await refused(mel.run({ mel: goldenTensor(1, [1, 80, 3]) }), /too short.*at least 4/);
    const z = goldenTensor(900, [1, 20, 2]);
    await refused(una.run({ z, h1: goldenTensor(7, [2, 3, 16]) }), /h1 has the shape/);
    const window = goldenTensor(904, [1, 5, 39]);
    await refused(transformer.run({ window }, { steps: 0 }), /steps is 0/);
    await refused(transformer.run({ window }, { steps: 4_996 }), /at most 5000/);
  });

  it('names a key that the weights lack', async () => {
    const config = parseConfig('mel-gan', widths['mel-gan']);
    const weights = new Map(initialWeights('mel-gan', config, seededRandom(1)));
    weights.delete('model.4.shortcut.weight_g');
    const opened = openModel({ kind: 'mel-gan', config, weights });
    await expect(opened).rejects.toThrow(/have no model\.4\.shortcut\.weight_g/);
  });
});
