import { describe, expect, it } from 'vitest';
import { ASCII, UNICODE } from '../../../tui/look/glyphs.js';
import { lookFor } from '../../../tui/look/look.js';
import { contrastOf, THEMES } from '../../../tui/look/theme.js';
import type { Role, Theme } from '../../../tui/look/theme.js';
import { bare, COLOUR_CODES } from '../fixtures/painted.js';

const size = { columns: 80, rows: 24 };
const grounded = Object.entries(THEMES).filter(([, theme]) => 'ground' in theme);
const pairs = grounded.flatMap(([name, theme]: [string, Theme]) =>
  Object.entries(theme.inks).map(([role, ink]) => [name, role, theme.ground, ink.color] as const),
);

describe('themes', () => {
  it.each(pairs)('%s paints %s with a contrast of at least 4.5 (T25)', (name, _, ground, ink) => {
    const least = name === 'high-contrast' ? 7 : 4.5;
    expect(contrastOf(ink as number, ground as number)).toBeGreaterThanOrEqual(least);
  });

  it('measure contrast as WCAG does', () => {
    expect(contrastOf(231, 16)).toBeCloseTo(21, 5);
    expect(contrastOf(244, 231)).toBeCloseTo(3.95, 2);
  });
});

describe('the look', () => {
  it('has no code of a colour under NO_COLOR, whatever theme is chosen (T19)', () => {
    const { paint, page } = lookFor(size, { NO_COLOR: '1' }, { theme: 'light' });
    const roles = Object.keys(THEMES.dark.inks) as Role[];
    const text = page([roles.map((role) => paint(role, role)).join(' ')]).join('');
    expect(text).not.toMatch(COLOUR_CODES);
    expect(text).toContain('\x1b[1m');
  });

  it('is colourful without NO_COLOR, and returns to the colour of text', () => {
    const { paint } = lookFor(size, {});
    expect(paint('call', 'DOWN')).toBe('\x1b[1m\x1b[38;5;210mDOWN\x1b[22m\x1b[38;5;252m');
  });

  it('is nothing but ASCII text on a dumb terminal (T20)', () => {
    const { paint, page, glyphs } = lookFor(size, { TERM: 'dumb', LANG: 'C.UTF-8' });
    expect(page([paint('call', 'DOWN')])).toEqual(['DOWN']);
    expect(glyphs).toBe(ASCII);
  });

  it('is ASCII where UTF-8 is not promised or not wanted', () => {
    expect(lookFor(size, { LANG: 'C' }).glyphs).toBe(ASCII);
    expect(lookFor(size, { LANG: 'de_DE.UTF-8' }).glyphs).toBe(UNICODE);
    expect(lookFor(size, { LANG: 'de_DE.UTF-8' }, { ascii: true }).glyphs).toBe(ASCII);
  });

  it('is light on a light ground', () => {
    expect(lookFor(size, { COLORFGBG: '0;15' }).theme).toBe('light');
    expect(lookFor(size, { COLORFGBG: '15;0' }).theme).toBe('dark');
  });

  it('has the same words and glyphs in every theme', () => {
    const plain = (theme: keyof typeof THEMES): string =>
      bare(lookFor(size, {}, { theme }).paint('look', 'LATE'));
    expect(new Set((Object.keys(THEMES) as (keyof typeof THEMES)[]).map(plain)).size).toBe(1);
  });
});

describe('glyphs', () => {
  it('are all at most 0x7E in ASCII (T18)', () => {
    const all = JSON.stringify(ASCII);
    // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
    expect(all).toMatch(/^[\x00-\x7e]*$/);
  });

  it('tell the words of an agent apart without colour (T24)', () => {
    const words = ['OK', 'BUSY', 'LATE', 'DOWN', 'PARKED', 'MUTED', 'SILENT'] as const;
    for (const { states } of [UNICODE, ASCII]) {
      expect(new Set(words.map((word) => states[word])).size).toBe(words.length);
    }
  });
});
