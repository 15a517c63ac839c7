import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tensor, Tensors } from '../../../src/core/index.js';
import {
  importRun,
  loadRun,
  readSafetensors,
  runOn,
  runOnFiles,
} from '../../../src/models/index.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
const registry = join(scratch, 'registry');

function expectedIn(folder: string): Tensors {
  return readSafetensors(readFileSync(join(FIXTURES, folder, 'io.safetensors')));
}

/** Largest difference, measured against what the fixtures allow: 1 is the limit. */
function strain(result: Tensor | undefined, expected: Tensor | undefined): number {
  expect(result?.shape).toEqual(expected?.shape);
  const [got, want] = [result?.data ?? [], expected?.data ?? []];
  let [difference, largest] = [0, 1];
  for (let i = 0; i < want.length; i++) {
    difference = Math.max(difference, Math.abs((got[i] as number) - (want[i] as number)));
    largest = Math.max(largest, Math.abs(want[i] as number));
  }
  return difference / (1e-4 * largest);
}

async function runOf(folder: string): Promise<string> {
  return (await importRun(join(FIXTURES, folder), { registry })).run.id;
}

describe('a run applied to tensors agrees with what the original computed', () => {
  it.each([
    ['melgan-gru', ['audio']],
    ['melgan-original', ['audio']],
    ['melgan-data-parallel', ['audio']],
    ['unagan', ['feat', 'mel']],
    ['unagan-encoder', ['z', 'recon']],
    ['seq-lstm', ['prediction']],
    ['seq-lstm-encoder-decoder', ['prediction']],
    ['seq-transformer', ['prediction']],
    ['seq-transformer-encoder-only', ['prediction']],
  ])('%s', async (folder, names) => {
    const io = expectedIn(folder);
    const results = await runOn(await runOf(folder), io, { registry });
    expect(Object.keys(results)).toEqual(names);
    for (const name of names) expect(strain(results[name], io[name])).toBeLessThan(1);
  });

  it('takes zeros for initial states that are not given', async () => {
    const io = expectedIn('unagan');
    const results = await runOn(await runOf('unagan'), { z: io.z as Tensor }, { registry });
    expect(strain(results.feat, io.feat_zero_hidden)).toBeLessThan(1);
    expect(strain(results.mel, io.mel_zero_hidden)).toBeLessThan(1);
  });

  it('predicts as many frames as asked', async () => {
    const io = expectedIn('seq-lstm');
    const id = await runOf('seq-lstm');
    const { prediction } = await runOn(id, io, { registry, steps: 3 });
    expect(prediction?.shape).toEqual([2, 3, 39]);
  });

  it('forecasts forty frames where the run stores a forecast of zero', async () => {
    const window = { shape: [1, 9, 39], data: new Float32Array(9 * 39) };
    const results = await runOn(await runOf('lightning-whole'), { window }, { registry });
    expect(results.prediction?.shape).toEqual([1, 40, 39]);
  });
});

describe('running on files', () => {
  it('writes a whole output file', async () => {
    const [input, output] = [join(FIXTURES, 'seq-lstm/io.safetensors'), join(scratch, 'o.st')];
    const shapes = await runOnFiles(await runOf('seq-lstm'), { input, output, registry });
    expect(shapes).toEqual({ prediction: [2, 12, 39] });
    expect(Object.keys(readSafetensors(readFileSync(output)))).toEqual(['prediction']);
  });

  it('says what a run wants when it is fed something else, and writes nothing', async () => {
    const [input, output] = [join(FIXTURES, 'seq-lstm/io.safetensors'), join(scratch, 'none.st')];
    const failed = runOnFiles(await runOf('melgan-gru'), { input, output, registry });
    await expect(failed).rejects.toThrow(/holds window, prediction \(expected mel\)/);
    expect(existsSync(output)).toBe(false);
  });

  it('refuses numbers that are not finite', async () => {
    const mel = { shape: [1, 80, 4], data: new Float32Array(320).fill(Number.NaN) };
    const failed = runOn(await runOf('melgan-gru'), { mel }, { registry });
    await expect(failed).rejects.toThrow('the input mel holds numbers that are not finite');
  });

  it('makes the folder of its output, and leaves nothing where it cannot write', async () => {
    const input = join(FIXTURES, 'seq-lstm/io.safetensors');
    const id = await runOf('seq-lstm');
    await runOnFiles(id, { input, output: join(scratch, 'new/o.st'), registry });
    expect(existsSync(join(scratch, 'new/o.st'))).toBe(true);
    const taken = runOnFiles(id, { input, output: join(scratch, 'new'), registry });
    await expect(taken).rejects.toThrow(/new: it cannot be written/);
    expect(existsSync(join(scratch, 'new.part'))).toBe(false);
  });

  it('names an unknown run and an unreadable input', async () => {
    await expect(runOn('00000000', {}, { registry })).rejects.toThrow("no run '00000000'");
    const id = await runOf('seq-lstm');
    const files = { input: join(scratch, 'missing.st'), output: join(scratch, 'x.st'), registry };
    await expect(runOnFiles(id, files)).rejects.toThrow('missing.st');
  });
});

describe('a stored run', () => {
  it.each(['weights.safetensors', 'config.json', 'manifest.json'])(
    'is refused when one bit of %s is altered',
    async (name) => {
      const own = join(scratch, `flipped-${name}`);
      const { run } = await importRun(join(FIXTURES, 'melgan-gru'), { registry: own });
      const path = join(run.folder, name);
      const whole = readFileSync(path);
      for (const at of [whole.length >> 1, 40, whole.length - 4]) {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] as number) ^ 1;
        writeFileSync(path, bytes);
        await expect(loadRun(run.id, { registry: own })).rejects.toThrow(name);
      }
      writeFileSync(path, whole);
      expect((await loadRun(run.id, { registry: own })).hash).toBe(run.hash);
    },
  );

  it('is checked again when a network is opened', async () => {
    const own = join(scratch, 'later');
    const { run } = await importRun(join(FIXTURES, 'melgan-gru'), { registry: own });
    writeFileSync(join(run.folder, 'weights.safetensors'), 'gone');
    await expect(run.open()).rejects.toThrow('SHA-256');
    await expect(run.open('encoder')).rejects.toThrow('no encoder');
  });
});
