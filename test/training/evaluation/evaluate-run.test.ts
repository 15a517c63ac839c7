import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeWav } from '../../../src/audio/index.js';
import { loadRun } from '../../../src/models/index.js';
import { loadMaterial } from '../../../src/training/evaluation/excerpt.js';
import { evaluateRun, renderCorpus } from '../../../src/training/index.js';
import { SAMPLE_RATE, whiteNoise } from './sounds.js';

const room = mkdtempSync(join(tmpdir(), 'demiurge-evaluate-'));
const corpus = join(room, 'corpus');
const registry = 'test/fixtures/runs';

beforeAll(() => renderCorpus({ seconds: 42, seed: 2, fileSeconds: 21, out: corpus }));
afterAll(() => rmSync(room, { recursive: true, force: true }));

describe('the material of an evaluation', () => {
  const cut = { sampleRate: SAMPLE_RATE, excerptSeconds: 5, secondsMin: 0.5, secondsMax: 20 };

  it('is spread evenly over the files and within them', async () => {
    const { excerpts } = await loadMaterial(corpus, cut);
    const starts = excerpts.map(({ file, startSeconds }) => `${file.slice(-8)} ${startSeconds}`);
    expect(starts).toEqual(['ixed.wav 5', 'ixed.wav 15', 'ario.wav 5', 'ario.wav 15']);
  });

  it('may be one file, of which the last excerpt may be short', async () => {
    const file = join(corpus, '001-mixed.wav');
    const { excerpts } = await loadMaterial(file, { ...cut, secondsMax: 60 });
    const seconds = excerpts.map(({ samples }) => samples.length / SAMPLE_RATE);
    expect(seconds.slice(0, 4)).toEqual([5, 5, 5, 5]);
  });

  it('leaves out silence, and files that cannot be read with their reason', async () => {
    const mixed = join(room, 'mixed');
    mkdirSync(mixed);
    const silent = { sampleRate: SAMPLE_RATE, channels: [new Float32Array(SAMPLE_RATE)] };
    const noisy = { sampleRate: SAMPLE_RATE, channels: [whiteNoise(1)] };
    writeFileSync(join(mixed, 'broken.wav'), 'not a sound');
    writeFileSync(join(mixed, 'noise.wav'), encodeWav(noisy));
    writeFileSync(join(mixed, 'silence.wav'), encodeWav(silent));
    writeFileSync(join(mixed, 'words.txt'), 'words');
    const { excerpts, silent: count, skipped } = await loadMaterial(mixed, cut);
    expect([excerpts.length, count, skipped.length]).toEqual([1, 1, 1]);
    expect(skipped[0]?.file).toContain('broken.wav');
    await expect(loadMaterial(join(mixed, 'broken.wav'), cut)).rejects.toThrow('broken.wav');
  });

  it('must be there', async () => {
    const bare = join(room, 'bare');
    mkdirSync(bare);
    await expect(loadMaterial(bare, cut)).rejects.toThrow('there is no recording');
    await expect(loadMaterial(join(room, 'nowhere'), cut)).rejects.toThrow('nowhere');
  });
});

describe('a run', () => {
  it('that is an untrained vocoder is far behind Griffin–Lim', async () => {
    const run = await loadRun('mel00raw', { registry });
    const found = await evaluateRun(run, { corpus, seconds: 5 });
    if (found.role !== 'vocoder') throw new Error(found.role);
    expect(found.seconds).toBeCloseTo(5, 1);
    expect(found.vocoder.melDb).toBeGreaterThan(5 * found.griffinLim.melDb);
  });

  it('that is an untrained una-GAN has figures that repeat with the seed', async () => {
    const run = await loadRun('una00dim', { registry });
    const judge = (seed: number) => evaluateRun(run, { corpus, seed });
    const [one, again, other] = [await judge(1), await judge(1), await judge(2)];
    if (one.role !== 'generator' || other.role !== 'generator') throw new Error(one.role);
    expect(again).toEqual(one);
    expect(other.frechet.generated).not.toBe(one.frechet.generated);
    expect(other.frechet.corpus).toBe(one.frechet.corpus);
    expect(one.frechet.corpus).toBeLessThan(one.frechet.generated);
  });

  it('that is an untrained sequencer is no better than the mean', async () => {
    for (const id of ['seq00led', 'seq00tra']) {
      const run = await loadRun(id, { registry });
      const found = await evaluateRun(run, { corpus, seconds: 5, steps: 4 });
      if (found.role !== 'sequencer') throw new Error(found.role);
      expect(found.sequencer).toBeGreaterThan(0.9 * found.mean);
      expect([found.steps, found.byStep.length]).toEqual([4, 4]);
    }
  });

  it('without enough to judge it by says what is missing', async () => {
    const short = join(room, 'short.wav');
    const second = { sampleRate: SAMPLE_RATE, channels: [whiteNoise(1).map((x) => x / 10)] };
    writeFileSync(short, encodeWav(second));
    const [una, sequencer] = [
      await loadRun('una00dim', { registry }),
      await loadRun('seq00led', { registry }),
    ];
    await expect(evaluateRun(una, { corpus: short })).rejects.toThrow(/too few|nothing sounds/);
    await expect(evaluateRun(sequencer, { corpus: short })).rejects.toThrow('long enough');
  });
});
