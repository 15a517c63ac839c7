import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/index.js';
import { ByteReader } from '../../../src/models/formats/byte-reader.js';
import { globalNamed } from '../../../src/models/formats/pickle-global.js';
import { fieldsOf } from '../../../src/models/formats/pickle-value.js';
import { unpickle } from '../../../src/models/formats/pickle.js';
import { pickle } from './pickle-source.js';

const scope = {
  global: globalNamed,
  persistent: () => {
    throw new UserError({ what: 'nothing outside' });
  },
};

function read(bytes: Uint8Array): unknown {
  return unpickle(new ByteReader(bytes, 'a.pt'), scope);
}

const file = new URL('../../fixtures/checkpoints/pickles.json', import.meta.url);
const written = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

describe('the restricted unpickler', () => {
  it.each(Object.entries(written))(
    'reads plain data that Python wrote in protocol %s',
    (_, text) => {
      const data = read(Buffer.from(text, 'base64')) as Map<string, unknown>;
      expect(data.get('none')).toBeNull();
      expect([data.get('yes'), data.get('no')]).toEqual([true, false]);
      const whole = ['small', 'negative', 'byte', 'two', 'four', 'long'];
      expect(whole.map((name) => data.get(name))).toEqual([7, -3, 200, 40000, -70000, 2 ** 40]);
      expect(data.get('huge')).toBe(2n ** 70n);
      expect([data.get('float'), data.get('inf')]).toEqual([1.5, Number.POSITIVE_INFINITY]);
      expect([data.get('text'), data.get('empty')]).toEqual(['σ "quoted" \n', '']);
      expect(data.get('list')).toEqual([1, [2, [3]]]);
      expect(data.get('same')).toBe(data.get('list'));
      expect(data.get('tuple')).toEqual([1, 'a', [2]]);
      expect([data.get('set'), data.get('frozen')]).toEqual([new Set([1]), new Set([2])]);
      expect([...(data.get('bytes') as Uint8Array)]).toEqual([0, 255, 128]);
      expect([...(data.get('ordered') as Map<string, number>).keys()]).toEqual(['b', 'a']);
      expect(data.get('default')).toEqual(new Map([['k', [1]]]));
      expect(fieldsOf(data.get('namespace'))).toEqual(
        new Map<string, unknown>([
          ['x', 1],
          ['y', 'z'],
        ]),
      );
      expect(data.get('path')).toBe('/a/b');
      const scalars = ['np64', 'np32', 'npi', 'npb'].map((name) => data.get(name));
      expect(scalars).toEqual([0.1, 0.5, -9, true]);
    },
  );

  it.each([
    ["cos\nsystem\n(S'echo'\ntR.", 'os.system'],
    ["cposix\nsystem\n(S'echo'\ntR.", 'posix.system'],
    ["c__builtin__\neval\n(S'1'\ntR.", '__builtin__.eval'],
    ["cbuiltins\ngetattr\n(S'a'\nS'b'\ntR.", 'builtins.getattr'],
    ['\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x04echo\x85R.', 'os.system'],
    ["(S'echo'\nios\nsystem\n.", 'os.system'],
    ['ctorch.nn.modules.linear\nLinear\n.', 'torch.nn.modules.linear.Linear'],
    ['cpytorch_lightning.os\nsystem\n.', 'pytorch_lightning.os.system'],
  ])('refuses %j and names what it asks for', (text, name) => {
    expect(() => read(pickle(text))).toThrow(new RegExp(`a\\.pt: refused.*'${name}'`));
  });

  it('takes the classes that Lightning leaves behind as names, never as code', () => {
    const name = 'pytorch_lightning.callbacks.model_checkpoint\nModelCheckpoint';
    const data = read(pickle(`}c${name}\nI1\ns.`)) as Map<{ global: string }, number>;
    expect([...data.keys()][0]?.global).toBe(name.replace('\n', '.'));
  });

  it.each([
    ['', 'ends too early'],
    ['.', 'empty stack'],
    ['I1', 'ends too early'],
    ['K\x01t.', 'never opened'],
    ['h\x07.', 'never stored'],
    ['K\x01(K\x02K\x03u.', 'without items'],
    ['\x82\x01.', '0x82'],
    ['\x80\x09.', 'protocol 9'],
    ['\x8b\xff\xff\xff\x7f', 'absurdly long'],
    ['X\xff\xff\xff\xff', 'ends too early'],
    ['K\x01K\x02R.', 'not a list'],
  ])('gives one clear error for the damaged pickle %j', (text, says) => {
    expect(() => read(pickle(text))).toThrow(UserError);
    expect(() => read(pickle(text))).toThrow(says);
  });

  it('stops a pickle that copies one list again and again', () => {
    const list = `(${'K\x01'.repeat(100_000)}lp0\n0`;
    const copy = 'c__builtin__\nset\n(g0\ntR0';
    expect(() => read(pickle(`${list}${copy.repeat(300)}N.`))).toThrow('copies itself');
  });

  it.each(['}', 'K\x01', '(', '\x94'])('stops a pickle of endless %j', (step) => {
    expect(() => read(pickle(`N${step.repeat(1_600_000)}.`))).toThrow('absurdly long');
  });

  it('never throws anything but a clear error, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          read(bytes);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  it('gives a clear error for every cut of a real pickle', () => {
    const whole = Buffer.from(written['2'] as string, 'base64');
    for (let end = 0; end < whole.length; end += 7) {
      expect(() => read(whole.subarray(0, end))).toThrow(UserError);
    }
  });
});
