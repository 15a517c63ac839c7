import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRun } from '../../src/archive/index.js';
import {
  type BiasCurves,
  biasCurves,
  curveTable,
  driftChart,
  driftTable,
  featuresOf,
} from '../../src/drift/index.js';
import { runSwarm } from '../../src/swarm/index.js';
import { casting, link, scenario } from '../swarm/play.js';
import { SAMPLE_RATE, passer, source } from './loops.js';

let folder: string;
let all: BiasCurves;

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'demiurge-curves-')), 'run');
  const cast = [
    casting('source', { count: 6, corpus: true }, source),
    casting('loop', { pole: 0.4 }, passer),
  ];
  const links = [
    link('source', 'loop'),
    link('loop', 'loop', { delaySamples: 8 * SAMPLE_RATE, laps: 3 }),
  ];
  const piece = { ...scenario(cast, links), sampleRate: SAMPLE_RATE, durationSeconds: 40 };
  await runSwarm({ ...piece, title: 'A <loop>' }, { outFolder: folder });
  all = await biasCurves(openRun(folder), { atLeast: 1, resamples: 20 });
});

afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

describe('the curves of a run', () => {
  it('leave the corpus out and measure from it', () => {
    expect(all.sounds).toEqual({ made: 24, corpus: 6, silent: 0, short: 0, lost: 0 });
    const fromCorpus = all.curves.find(({ measure }) => measure === 'from-corpus');
    const values = fromCorpus?.points.map(({ estimate }) =>
      'value' in estimate ? estimate.value : undefined,
    ) as number[];
    expect(values).toHaveLength(4);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });

  it('say why there is no coverage where nobody samples', () => {
    const coverage = all.curves.find(({ measure }) => measure === 'coverage');
    expect(coverage?.points[0]?.estimate).toEqual({
      undefinedBecause: 'no sampler chose anything',
    });
  });

  it('are the same from the features that were kept, also once the sounds are gone', async () => {
    expect(existsSync(join(folder, 'drift-cache', 'features.jsonl'))).toBe(true);
    rmSync(join(folder, 'blobs'), { recursive: true });
    expect(await biasCurves(openRun(folder), { atLeast: 1, resamples: 20 })).toEqual(all);
  });

  it('count the sounds that are lost where nothing was kept', async () => {
    const cache = join(folder, 'drift-cache', 'features.jsonl');
    const kept = readFileSync(cache);
    writeFileSync(cache, '{"features":1}\n{"torn');
    const lost = await biasCurves(openRun(folder), { measures: ['drift'] });
    expect(lost.sounds.lost).toBe(24);
    expect(lost.curves[0]?.points.every(({ estimate }) => !('value' in estimate))).toBe(true);
    writeFileSync(cache, kept);
  });

  it('refuse an agent that is not there', async () => {
    const wrong = biasCurves(openRun(folder), { agents: ['nobody'] });
    await expect(wrong).rejects.toThrow('nobody: this agent said no sound (expected one of');
  });
});

describe('what a person sees', () => {
  it('is a line for every curve, with words', () => {
    const table = driftTable(all);
    expect(table).toMatch(/^A <loop> {2}\w+ {2}laps 0–3 · 24 sounds, 6 from the corpus\n\n/);
    expect(table).toMatch(/spectral centroid +█[▁-█]{3} {2}falls from \d+ to \d+ Hz by lap 3/);
    expect(table).toMatch(/units matched .*undefined because no sampler chose anything/);
    expect(table.split('\n')).toHaveLength(2 + all.curves.length);
  });

  it('is a row for every point of a curve', () => {
    const [drift] = all.curves;
    const rows = curveTable(drift!, all).split('\n');
    expect(rows).toHaveLength(2 + 4);
    expect(rows[1]).toMatch(/^lap +count +dB +low +high +chance$/);
    expect(rows[2]).toMatch(/^lap 0 +6 +0\.00/);
  });

  it('is a picture for dark and light pages, without what could break it', () => {
    const chart = driftChart(all);
    expect(chart).toContain('prefers-color-scheme: light');
    expect(chart).toContain('A &lt;loop&gt;');
    expect(chart).not.toMatch(/NaN|Infinity|undefined"/);
    expect(chart.match(/class="curve"/g)?.length).toBeGreaterThan(all.curves.length - 3);
  });
});

describe('the features of a sound', () => {
  const tone = (level: number) => ({
    sampleRate: SAMPLE_RATE,
    channels: [Float32Array.from({ length: 2 * SAMPLE_RATE }, (_, n) => level * Math.sin(0.3 * n))],
  });

  it('are none of silence', () => {
    expect(featuresOf(tone(0))).toBeUndefined();
    expect(featuresOf(tone(0.0005))).toBeUndefined();
  });

  it('do not mind how loud it is', () => {
    const [loud, soft] = [featuresOf(tone(0.5)), featuresOf(tone(0.05))];
    expect(soft?.centroidHz).toBeCloseTo(loud?.centroidHz as number, 0);
    soft?.slices.data.forEach((x, i) => expect(x).toBeCloseTo(loud?.slices.data[i] as number, 3));
  });
});
