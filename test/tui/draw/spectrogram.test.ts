import { describe, expect, it } from 'vitest';
import { rowOfHertz, spectrogram, spectrogramText } from '../../../tui/draw/spectrogram.js';
import { lookFor } from '../../../tui/look/look.js';
import { PHRASE, SILENCE, TONE } from '../fixtures/picture.js';
import { bare } from '../fixtures/painted.js';

const size = { columns: 40, rows: 12 };
const look = lookFor({ columns: 80, rows: 24 }, {});
const ascii = lookFor({ columns: 80, rows: 24 }, {}, { ascii: true });

const dotsIn = (line: string): number =>
  Array.from(line).reduce((sum, glyph) => {
    const bits = (glyph.codePointAt(0) as number) - 0x2800;
    return sum + bits.toString(2).replaceAll('0', '').length;
  }, 0);

const brightest = (brightness: readonly number[]): number =>
  brightness.indexOf(Math.max(...brightness));

describe('a spectrogram', () => {
  it('is brightest in the row of 1 kHz for a tone of 1 kHz (T17)', () => {
    const lines = spectrogramText(TONE, look, size);
    expect(brightest(lines.map(dotsIn))).toBe(rowOfHertz(TONE, 1000, size.rows));
  });

  it('is all empty braille for silence (T17)', () => {
    const text = spectrogramText(SILENCE, look, size).join('');
    expect(new Set(text)).toEqual(new Set(['\u2800']));
    expect(text).toHaveLength(size.columns * size.rows);
  });

  it('is brightest there in ASCII shades as well (T17)', () => {
    const shades = ascii.glyphs.shades;
    const lines = spectrogramText(TONE, ascii, size);
    const sums = lines.map((line) =>
      Array.from(line).reduce((sum, glyph) => sum + shades.indexOf(glyph), 0),
    );
    expect(brightest(sums)).toBe(rowOfHertz(TONE, 1000, size.rows));
    expect(spectrogramText(SILENCE, ascii, size).join('').trim()).toBe('');
  });

  it('is the same text painted, in fewer codes than cells', () => {
    const painted = spectrogram(PHRASE, look, size);
    expect(painted.map(bare)).toEqual(spectrogramText(PHRASE, look, size));
    expect(painted.join('').split('\x1b').length).toBeLessThan(size.columns * size.rows);
  });

  it('shows every column of time where a picture is narrower than its place', () => {
    const narrow = { ...TONE, columns: 1 };
    const [row] = spectrogramText(narrow, look, { columns: 6, rows: 1 });
    expect(new Set(row).size).toBe(1);
  });
});
