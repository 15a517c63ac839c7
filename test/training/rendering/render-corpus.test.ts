import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pitchTrack, readWav, TECHNIQUES, wavInfo } from '../../../src/audio/index.js';
import type { RecordingLabel } from '../../../src/training/index.js';
import { renderCorpus } from '../../../src/training/index.js';

const room = mkdtempSync(join(tmpdir(), 'demiurge-render-'));
const first = join(room, 'first');
const options = { seconds: 20, seed: 3, fileSeconds: 8 };

beforeAll(() => renderCorpus({ ...options, out: first }));
afterAll(() => rmSync(room, { recursive: true, force: true }));

function labelsIn(folder: string): readonly RecordingLabel[] {
  return readdirSync(folder)
    .filter((name) => /^\d.*\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordingLabel);
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).toSorted()) {
    hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

describe('a rendered corpus', () => {
  it('is as long as asked, 16-bit mono at 44.1 kHz, labelled file by file', () => {
    expect(readdirSync(first).toSorted()).toEqual([
      '001-mixed.json',
      '001-mixed.wav',
      '002-ordinario.json',
      '002-ordinario.wav',
      '003-detache.json',
      '003-detache.wav',
      'corpus.json',
    ]);
    const lengths = labelsIn(first).map(({ file }) => wavInfo(join(first, file)));
    const frames = [8, 8, 4].map((seconds) => seconds * 44_100);
    expect(lengths).toEqual(
      frames.map((each) => ({ sampleRate: 44_100, channels: 1, frames: each })),
    );
  });

  it('is the same bytes again, and others with another seed', async () => {
    const again = join(room, 'again');
    const other = join(room, 'other');
    mkdirSync(again);
    await renderCorpus({ ...options, out: again });
    await renderCorpus({ ...options, seed: 4, out: other });
    expect(hashOf(again)).toBe(hashOf(first));
    expect(hashOf(other)).not.toBe(hashOf(first));
  });

  it('sounds at the pitches its labels say', async () => {
    const out = join(room, 'pitched');
    await renderCorpus({ seconds: 24, seed: 9, fileSeconds: 12, techniques: ['ordinario'], out });
    const offs = labelsIn(out).flatMap((label) => {
      const audio = readWav(join(out, label.file));
      const held = label.notes.filter(({ seconds }) => seconds > 0.35);
      return held.map(({ f0Hz, startSeconds, seconds }) => {
        const middle = Math.round((startSeconds + seconds / 2) * 44_100) - 2048;
        const part = audio.channels[0]!.slice(middle, middle + 4096);
        const [pitch] = pitchTrack({ ...audio, channels: [part] }, { frameLength: 4096 });
        return Math.abs(1200 * Math.log2(pitch!.f0Hz / f0Hz));
      });
    });
    expect(offs.length).toBeGreaterThan(5);
    // A full vibrato is 45 cents wide on either side.
    expect(offs.toSorted((a, b) => a - b)[Math.floor(0.9 * offs.length)]).toBeLessThan(50);
  });

  it('has no note that overlaps the next or outlasts its recording', () => {
    for (const { notes, seconds } of labelsIn(first)) {
      const ends = notes.map((note) => note.startSeconds + note.seconds);
      notes
        .slice(1)
        .forEach((note, i) => expect(note.startSeconds).toBeGreaterThanOrEqual(ends[i]! - 1e-9));
      expect(ends.at(-1)).toBeLessThan(seconds);
    }
  });

  it('goes through all techniques, sounding for most of the time', async () => {
    const out = join(room, 'all');
    const heard: string[] = [];
    let [playing, total] = [0, 0];
    await renderCorpus({
      seconds: 60,
      seed: 1,
      fileSeconds: 6,
      out,
      onRecording: ({ notes, seconds }) => {
        heard.push(...notes.map(({ technique }) => technique));
        playing += notes.reduce((sum, note) => sum + note.seconds, 0);
        total += seconds;
      },
    });
    expect(new Set(heard)).toEqual(new Set(TECHNIQUES));
    expect(playing / total).toBeGreaterThan(0.5);
  });

  it('never enters a folder that holds something, and leaves no draft', async () => {
    const full = join(room, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'mine.txt'), 'mine');
    await expect(renderCorpus({ ...options, out: full })).rejects.toThrow('holds 1 file');
    expect(readdirSync(full)).toEqual(['mine.txt']);
    const broken = renderCorpus({
      ...options,
      out: join(room, 'broken'),
      onRecording: () => {
        throw new Error('the disk is full');
      },
    });
    await expect(broken).rejects.toThrow('the disk is full');
    const left = readdirSync(room);
    expect(left.filter((name) => name.startsWith('.') || name === 'broken')).toEqual([]);
  });
});
