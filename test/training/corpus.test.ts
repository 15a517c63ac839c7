import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadForAnalysis, logMel80 } from '../../src/audio/index.js';
import { seededRandom, tensor } from '../../src/core/index.js';
import { prepareCorpus, type Recording } from '../../src/training/corpus/analysed-corpus.js';
import { drawVocoderBatch } from '../../src/models/index.js';
import { stretchesOf, withSegmentMels } from '../../src/training/corpus/segments.js';
import { ofCommonestLength, type Piece, splitCorpus } from '../../src/training/corpus/split.js';
import { statisticsOf } from '../../src/training/corpus/statistics.js';
import { framesIn } from '../../src/training/corpus/stretch.js';
import type { TrainReport } from '../../src/training/index.js';
import { trainedIn } from './small-training.js';
import { trainingFolder, writeCorpus } from './small-corpus.js';

const MELS = { of: 'mel-and-audio', sampleRate: 44_100 } as const;

describe('a corpus', () => {
  it('of nothing, of no folder or of nothing usable is one error, and leaves no run', async () => {
    const folder = trainingFolder();
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const train = (corpus: string) => trainedIn(folder, corpus, { family: 'mel-gan' });
    await expect(train(empty)).rejects.toThrow(/the corpus is empty/);
    await expect(train(join(folder, 'nowhere'))).rejects.toThrow(/cannot be read/);
    writeFileSync(join(empty, 'broken.wav'), 'RIFF, but no more');
    await expect(train(empty)).rejects.toThrow(/none of the 1 files .* can be used/);
    await expect(train(writeCorpus(folder, 1, 0.05))).rejects.toThrow(/long enough to train on/);
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  it('with a bad file among good ones is learned without it, counted and named', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder);
    writeFileSync(join(corpus, 'broken.flac'), 'fLaC, but no more');
    writeFileSync(join(corpus, 'notes.txt'), 'not a recording at all');
    const reports: TrainReport[] = [];
    const report = (one: TrainReport): void => void reports.push(one);
    const chosen = { family: 'sequencer', changes: { steps: 1 } } as const;
    const result = await trainedIn(folder, corpus, chosen, { report });
    expect(result.corpus).toMatchObject({ files: 2, skipped: 1 });
    const skipped = { file: 'broken.flac', reason: 'it holds no samples' };
    expect(reports).toContainEqual({ says: 'skipped', ...skipped });
    const account = readFileSync(join(result.folder, 'training', 'corpus.json'), 'utf8');
    expect(JSON.parse(account)).toMatchObject({ skipped: [skipped], heldOutBy: 'stretches' });
  });

  it('is analysed once, and its segments are those of the recording', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder, 1, 1);
    const heard: string[] = [];
    const onFile = (file: string): void => void heard.push(file);
    const options = { cache: join(folder, 'cache'), onFile };
    await prepareCorpus(corpus, MELS, options);
    const { recordings } = await prepareCorpus(corpus, MELS, options);
    expect(heard).toEqual(['tone-0.wav']);
    const audio = await loadForAnalysis(join(corpus, 'tone-0.wav'));
    const mel = logMel80(audio);
    const { training } = splitCorpus(recordings, { ...HALF, heldOut: 0 });
    const shapes = { mel: [2, 80, 8], audio: [2, 1, 8 * 256] };
    const batch = drawVocoderBatch(shapes, stretchesOf(training))(seededRandom(1, 'batch'));
    const samples = audio.channels[0] as Float32Array;
    for (let b = 0; b < 2; b++) {
      const first = batch['audio']!.data.subarray(b * 2048, (b + 1) * 2048);
      const at = samples.findIndex(
        (_, i) => i % 256 === 0 && first.every((x, j) => x === samples[i + j]),
      );
      expect(at).toBeGreaterThanOrEqual(0);
      const row = batch['mel']!.data.subarray((b * 80 + 40) * 8, (b * 80 + 41) * 8);
      const from = 40 * mel.columns + at / 256;
      expect(row).toEqual(mel.data.subarray(from, from + 8));
    }
  });

  it('may be one recording', async () => {
    const folder = trainingFolder();
    const one = join(writeCorpus(folder, 2, 1), 'tone-1.wav');
    const { recordings } = await prepareCorpus(one, MELS, { cache: join(folder, 'cache') });
    expect(recordings.map(({ file }) => file)).toEqual(['tone-1.wav']);
  });

  it('has the statistics of its frames, and its clips are brought to one peak', async () => {
    const folder = trainingFolder();
    const corpus = writeCorpus(folder, 1, 2.5);
    const analysis = { of: 'clip-mels', sampleRate: 44_100, clipSeconds: 1 } as const;
    const { recordings } = await prepareCorpus(corpus, analysis, { cache: join(folder, 'cache') });
    expect(recordings[0]?.pieces).toEqual([172, 172, 86]);
    const { training } = splitCorpus(recordings, { ...HALF, heldOut: 0 });
    const { mean, std } = statisticsOf(training);
    const all = training.map((piece) => framesIn(piece, 0, piece.frames));
    const column = all.flatMap((frames) => [...frames].filter((_, i) => i % 80 === 20));
    const direct = column.reduce((sum, x) => sum + x, 0) / column.length;
    const spread = column.reduce((sum, x) => sum + (x - direct) ** 2, 0) / column.length;
    expect(mean[20]).toBeCloseTo(direct, 5);
    expect(std[20]).toBeCloseTo(Math.sqrt(spread), 5);
    const { channels, sampleRate } = await loadForAnalysis(join(corpus, 'tone-0.wav'));
    const clip = channels[0]!.subarray(0, 44_100);
    const peak = clip.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const mel = logMel80({ sampleRate, channels: [clip.map((x) => x / peak)] });
    const first = framesIn({ recording: recordings[0]!, from: 0, frames: 172 }, 5, 1);
    expect(first[30]).toBeCloseTo(mel.data[30 * mel.columns + 5]!, 5);
  });
});

const HALF = { split: 'auto', heldOut: 0.2, least: 8, seed: 1 } as const;

const recordings = fc
  .array(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((all) => all.map((pieces, i) => ({ file: `${i}`, pieces }) as unknown as Recording));

const framesOf = (pieces: readonly Piece[]): readonly string[] =>
  pieces.flatMap(({ recording, from, frames }) =>
    Array.from({ length: frames }, (_, i) => `${recording.file}:${from + i}`),
  );

describe('the split', () => {
  it('never lets a frame be both learned from and held out, and is the same every time', () => {
    fc.assert(
      fc.property(recordings, fc.nat(), (all, seed) => {
        const split = splitCorpus(all, { ...HALF, seed });
        const learned = new Set(framesOf(split.training));
        const held = framesOf(split.heldOut);
        expect(held.filter((frame) => learned.has(frame))).toEqual([]);
        expect(splitCorpus(all, { ...HALF, seed })).toEqual(split);
        expect(split.by).toBe(all.length < 10 ? 'stretches' : 'files');
        const inside = ({ recording, from, frames }: Piece): boolean => {
          const end = recording.pieces.reduce((sum, one) => sum + one, 0);
          return from >= 0 && frames >= HALF.least && from + frames <= end;
        };
        expect([...split.training, ...split.heldOut].every(inside)).toBe(true);
      }),
    );
  });

  it('holds out whole files from ten on', () => {
    const ten = Array.from({ length: 10 }, (_, i) => {
      return { file: `${i}`, pieces: [100] } as unknown as Recording;
    });
    const { training, heldOut } = splitCorpus(ten, HALF);
    expect([training.length, heldOut.length]).toEqual([8, 2]);
    expect(heldOut.every(({ frames }) => frames === 100)).toBe(true);
  });

  it('keeps only pieces of the commonest length where it is told to', () => {
    const pieces = [100, 100, 40, 100, 60, 100];
    const one = { file: 'one', pieces } as unknown as Recording;
    const { training, heldOut } = ofCommonestLength(splitCorpus([one], HALF));
    const lengths = [...training, ...heldOut].map(({ frames }) => frames);
    expect(lengths).toEqual([100, 100, 100, 100]);
  });
});

describe('segments', () => {
  it('have mels of their own where the original is followed', () => {
    const samples = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i / 9));
    const audio = tensor([2, 1, 2048], samples);
    const blank = tensor([2, 80, 8], new Float32Array(2 * 80 * 8));
    const { mel } = withSegmentMels(() => ({ mel: blank, audio }), 44_100)(seededRandom(1, 'x'));
    const second = logMel80({ sampleRate: 44_100, channels: [samples.subarray(2048)] });
    expect(mel!.data.subarray(80 * 8)).toEqual(second.data);
  });
});
