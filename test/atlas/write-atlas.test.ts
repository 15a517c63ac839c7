import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wavInfo } from '../../src/audio/index.js';
import { atlasJson, makeAtlas, writeAtlas } from '../../src/atlas/index.js';
import type { Atlas } from '../../src/atlas/index.js';
import { RATE, cast, corpusFolder, piece, soundKind } from './piece.js';

let [corpus, folder] = ['', ''];
let atlas: Atlas;
beforeAll(async () => {
  corpus = corpusFolder();
  folder = join(mkdtempSync(join(tmpdir(), 'demiurge-atlas-out-')), 'atlas');
  const softer = soundKind((samples) => samples.map((x) => x * 0.1));
  const turned = soundKind((samples, count) =>
    count % 2 === 0 ? samples.map((x) => x / 4) : samples.map((x) => x * 4),
  );
  const dice = soundKind((samples, _, random) => {
    const hz = 100 + random.next() * 3000;
    return samples.map((__, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / RATE));
  });
  const agents = [cast('soft', softer), cast('turn', turned), cast('dice', dice)];
  atlas = await makeAtlas(piece(agents), { corpus, seconds: 0.5 });
  await writeAtlas(atlas, folder);
});
afterAll(() => {
  rmSync(corpus, { recursive: true, force: true });
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** A file without its pictures, which are letters by chance. */
const text = (name: string): string =>
  readFileSync(join(folder, name), 'utf8').replaceAll(/data:image\/png;base64,[^"]+/g, 'data:');

describe('the folder of an atlas', () => {
  it('holds the page, the poster, the data and the sounds', () => {
    expect(readdirSync(folder).sort()).toEqual(['atlas.html', 'atlas.json', 'atlas.svg', 'sounds']);
    for (const name of readdirSync(join(folder, 'sounds'))) {
      expect(wavInfo(join(folder, 'sounds', name)).frames).toBeGreaterThan(100);
    }
  });

  it('has a sound for every place but silence, and for every path that never rests', () => {
    const rows = atlas.rows.map(({ trails }) => trails);
    const basins = new Set(rows.flat().flatMap(({ basin }) => basin ?? []));
    const lost = rows.flat().filter(({ answered, basin }) => answered && basin === undefined);
    const files = readdirSync(join(folder, 'sounds'));
    expect(files).toHaveLength(basins.size - 1 + lost.length);
    expect(files).toContain('dice-noise.wav');
  });

  it('asks for nothing from elsewhere, and every sound it names is there', () => {
    for (const name of ['atlas.html', 'atlas.svg']) {
      const written = text(name).replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
      expect(/https?:|src="\/|@import|url\((?!#)/.exec(written)?.[0]).toBeUndefined();
    }
    const sources = [...text('atlas.html').matchAll(/<audio[^>]* src="([^"]+)"/g)];
    expect(sources.length).toBeGreaterThan(5);
    for (const [, source] of sources) expect(existsSync(join(folder, source!))).toBe(true);
  });

  it('says in words what every picture shows, and lets no name break the page', () => {
    const page = text('atlas.html');
    expect(page.includes('Trial <1>')).toBe(false);
    expect(page.match(/role="img"/g)?.length).toBe(1 + atlas.rows.length * 4);
    expect(page.match(/aria-label="[^"]+"/g)?.length).toBeGreaterThan(atlas.rows.length * 4);
    for (const name of ['atlas.html', 'atlas.svg']) {
      expect(/NaN|Infinity|undefined|\[object/.exec(text(name))?.[0]).toBeUndefined();
    }
  });

  it('carries the same atlas as data', () => {
    const data = JSON.parse(text('atlas.json')) as { rows: { trails: { end: string }[] }[] };
    expect(data).toEqual(JSON.parse(JSON.stringify(atlasJson(atlas))));
    const ends = data.rows.map(({ trails }) => trails.map(({ end }) => end));
    expect(ends[1]).toEqual(['silence', 'cycle of 2', 'cycle of 2', 'cycle of 2']);
  });

  it('draws the way through every lap of a path on the map, within its frame', () => {
    const spots = atlas.rows.flatMap((row) => row.trails.flatMap(({ stations }) => stations));
    expect(spots.every(({ spot }) => spot.x >= 0 && spot.x <= 1)).toBe(true);
    expect(spots.every(({ spot }) => spot.y >= 0 && spot.y <= 1)).toBe(true);
  });
});
