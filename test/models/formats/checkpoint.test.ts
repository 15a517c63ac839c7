import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/index.js';
import { readCheckpoint } from '../../../src/models/formats/checkpoint.js';
import { dictText, floats, pickle, tensorText, torchZip } from './pickle-source.js';

const six = floats(0, 1, 2, 3, 4, 5);

function valuesIn(bytes: Uint8Array, name = 'w'): number[] {
  return [...(readCheckpoint(bytes, 'a.pt').weights.get(name)?.data ?? [])];
}

function oneTensor(parts: Parameters<typeof tensorText>[0], storage: Uint8Array): Uint8Array {
  return torchZip(dictText({ w: tensorText(parts) }), { 0: storage });
}

describe('a PyTorch checkpoint', () => {
  it('honours strides and storage offsets', () => {
    const transposed = oneTensor({ count: 6, size: [3, 2], stride: [1, 3] }, six);
    expect(valuesIn(transposed)).toEqual([0, 3, 1, 4, 2, 5]);
    const window = oneTensor({ count: 6, offset: 2, size: [2, 2], stride: [2, 1] }, six);
    expect(valuesIn(window)).toEqual([2, 3, 4, 5]);
    const repeated = oneTensor({ count: 6, offset: 5, size: [3], stride: [0] }, six);
    expect(valuesIn(repeated)).toEqual([5, 5, 5]);
  });

  it.each([
    ['HalfStorage', Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00)],
    ['BFloat16Storage', Uint16Array.of(0x3f80, 0xc000, 0x3380, 0x7f80)],
    ['DoubleStorage', Float64Array.of(1, -2, 2 ** -24, Number.POSITIVE_INFINITY)],
  ])('reads %s as float32', (storage, values) => {
    const parts = { storage, count: 4, size: [4], stride: [1] };
    const bytes = new Uint8Array(values.buffer);
    const [one, two, small, large] = valuesIn(oneTensor(parts, bytes));
    expect([one, two, large]).toEqual([1, -2, Number.POSITIVE_INFINITY]);
    expect(small).toBeCloseTo(2 ** -24, 9);
  });

  it('reads whole numbers as float32', () => {
    const storage = new Uint8Array(BigInt64Array.of(5n, -6n).buffer);
    const parts = { storage: 'LongStorage', count: 2, size: [2], stride: [1] };
    expect(valuesIn(oneTensor(parts, storage))).toEqual([5, -6]);
  });

  it('reads deflated archives', () => {
    const text = dictText({ w: tensorText({ count: 6, size: [6], stride: [1] }) });
    expect(valuesIn(torchZip(text, { 0: six }, 6))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each(['state_dict.model', 'generator', 'state_dict'])('unwraps %s', (wrapper) => {
    const inner = dictText({ w: tensorText({ count: 6, size: [6], stride: [1] }) });
    const text = dictText({ [wrapper]: inner, epoch: 'I3\n', 'state_dict.optimizer': 'N' });
    expect(valuesIn(torchZip(text, { 0: six }))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('strips the prefix of runs trained on several GPUs', () => {
    const tensor = tensorText({ count: 6, size: [6], stride: [1] });
    const bytes = torchZip(dictText({ 'module.w': tensor, 'module.v': tensor }), { 0: six });
    expect([...readCheckpoint(bytes, 'a.pt').weights.keys()]).toEqual(['w', 'v']);
  });

  it('names norms as PyTorch 1 did, also those that PyTorch 2 wrote', () => {
    const tensor = tensorText({ count: 6, size: [6], stride: [1] });
    const tails = ['weight.original0', 'weight.original1', 'weight.original', 'weight.0._u'];
    const names = tails.map((tail) => [`module.a.parametrizations.${tail}`, tensor]);
    const bytes = torchZip(dictText(Object.fromEntries(names)), { 0: six });
    const keys = ['a.weight_g', 'a.weight_v', 'a.weight_orig', 'a.weight_u'];
    expect([...readCheckpoint(bytes, 'a.pt').weights.keys()]).toEqual(keys);
  });

  it('refuses a small file whose tensors repeat one storage into gigabytes', () => {
    const parts = [
      { count: 65_536, size: [65_536], stride: [1] },
      { count: 65_536, size: [256, 256], stride: [1, 256] },
      { count: 65_536, size: [2], stride: [65_535] },
    ];
    for (const part of parts) {
      const names = Array.from({ length: 2000 }, (_, i) => [`w${i}`, tensorText(part)]);
      const text = dictText(Object.fromEntries(names));
      const bytes = torchZip(text, { 0: new Uint8Array(4 * 65_536) });
      expect(() => readCheckpoint(bytes, 'a.pt')).toThrow(/a\.pt: its tensors unfold 65536/);
    }
  });

  it('refuses an archive that unfolds to much more than itself', () => {
    const count = 20_000_000;
    const text = dictText({ w: tensorText({ count, size: [count], stride: [1] }) });
    const bytes = torchZip(text, { 0: new Uint8Array(4 * count) }, 6);
    expect(() => readCheckpoint(bytes, 'a.pt')).toThrow('unfolds to an absurd size');
  });

  it('knows the sequential format by its magic number, framed or not', () => {
    const magic = '\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.';
    const framed = `\x80\x04\x95\x0d\0\0\0\0\0\0\0${magic}`;
    for (const start of [`\x80\x02${magic}`, framed]) {
      expect(() => readCheckpoint(pickle(start), 'a.pt')).toThrow('ends too early');
    }
  });

  it.each([
    [{ count: 6, size: [7], stride: [1] }, 'leaves its storage'],
    [{ count: 6, offset: 4, size: [3], stride: [1] }, 'leaves its storage'],
    [{ count: 6, size: [2, 3], stride: [4, 1] }, 'leaves its storage'],
    [{ count: 6, size: [1000, 900], stride: [0, 0] }, 'leaves its storage'],
    [{ count: 6, size: [100_000, 100_000], stride: [0, 0] }, 'unfold 6 stored numbers'],
    [{ count: 6, size: [-1], stride: [1] }, 'leaves its storage'],
    [{ count: 60, size: [6], stride: [1] }, 'too short'],
    [{ count: 6, key: '9', size: [6], stride: [1] }, 'storage 9 is missing'],
    [{ count: 6, storage: 'QInt8Storage', size: [6], stride: [1] }, 'torch.QInt8Storage'],
  ])('refuses a tensor that its storage cannot hold: %j', (parts, says) => {
    expect(() => readCheckpoint(oneTensor(parts, six), 'a.pt')).toThrow(says);
  });

  it('refuses a hostile archive by the name it asks for', () => {
    const bytes = torchZip("cos\nsystem\n(S'touch /tmp/x'\ntR", {});
    expect(() => readCheckpoint(bytes, 'evil.pt')).toThrow(/evil\.pt: refused.*'os\.system'/);
  });

  it('says so when there are no weights, or when it is no checkpoint', () => {
    expect(() => readCheckpoint(torchZip(dictText({ a: 'I1\n' }), {}), 'a.pt')).toThrow(
      'holds no weights',
    );
    expect(() => readCheckpoint(pickle('hello'), 'a.pt')).toThrow('not a PyTorch checkpoint');
    expect(() => readCheckpoint(new Uint8Array(), 'a.pt')).toThrow('not a PyTorch checkpoint');
  });

  it('does not unfold settings that contain themselves', () => {
    const tensor = tensorText({ count: 6, size: [6], stride: [1] });
    const loop = "}p1\nS'self'\ng1\nsS'n'\nI4\ns";
    const text = dictText({ state_dict: dictText({ w: tensor }), hyper_parameters: loop });
    expect(readCheckpoint(torchZip(text, { 0: six }), 'a.ckpt').settings.n).toBe(4);
  });
});

const fixtures = new URL('../../fixtures/checkpoints/', import.meta.url);

it('reads archives whose sizes and places take 64 bits', () => {
  expect(valuesIn(readFileSync(new URL('zip64.pt', fixtures)))).toEqual([0, 1, 2, 3, 4, 5]);
});

describe.each(['melgan-gru/best_netG.pt', 'melgan-original/best_netG.pt'])('%s', (name) => {
  const whole = readFileSync(new URL(name, fixtures));

  it('gives one clear error wherever it is cut', () => {
    const step = Math.ceil(whole.length / 60);
    for (let end = 0; end < whole.length; end += step) {
      expect(() => readCheckpoint(whole.subarray(0, end), name)).toThrow(UserError);
    }
  });

  it('gives weights or one clear error when a byte is altered', () => {
    for (let at = 0; at < 4000; at += 37) {
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] as number) ^ 0x55;
      try {
        expect(readCheckpoint(altered, name).weights.size).toBeGreaterThan(0);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(UserError);
      }
    }
  });
});
