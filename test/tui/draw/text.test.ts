import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { asciiText, clip, fit, pad, safeText, widthOf, wrap } from '../../../tui/draw/text.js';
import { CONTROL_BYTES } from '../fixtures/painted.js';

describe('text from outside', () => {
  it.each([
    ['a title sequence', '\x1b]0;owned\x07', ']0;owned'],
    ['a cleared screen', '\x1b[2Jviolin', '[2Jviolin'],
    ['marks that turn text round', 'vio\u202elin\u2066', 'violin'],
    ['stacked marks', `v${'\u0301\u0316'.repeat(50)}iolin`, 'violin'],
    ['pictures', 'violin🎻', 'violin?'],
    ['lines', 'two\r\nlines\t.', 'two lines .'],
    ['halves of characters', 'a\ud800b', 'ab'],
  ])('loses %s (T34)', (_, hostile, safe) => {
    expect(safeText(hostile)).toBe(safe);
  });

  it('keeps names in other scripts', () => {
    expect(safeText('Скрипка, βιολί, 小提琴, ヴァイオリン, naïve')).toBe(
      'Скрипка, βιολί, 小提琴, ヴァイオリン, naïve',
    );
  });

  it('is cut where it is endless (T34)', () => {
    expect(safeText('x'.repeat(10_000))).toBe(`${'x'.repeat(200)}…`);
  });

  it('has the width that terminals give it, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const safe = safeText(text);
        expect(safe).not.toMatch(CONTROL_BYTES);
        expect(widthOf(safe)).toBe(stringWidth(safe));
      }),
      { numRuns: 300 },
    );
  });

  it('goes into ASCII where nothing else is shown', () => {
    expect(asciiText('naïve – 小…')).toBe('naive - ?~');
  });
});

describe('a line', () => {
  it('is cut and filled to exactly its width, colours and all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), fc.nat(20), (text, width, at) => {
        const safe = safeText(text);
        const painted = `${safe.slice(0, at)}\x1b[1m${safe.slice(at)}\x1b[22m`;
        const line = fit(painted, width, width > 0 ? '…' : '');
        expect(stringWidth(line)).toBe(width);
      }),
    );
  });

  it('keeps the codes behind the cut, so that colours end', () => {
    expect(clip('\x1b[1mviolin\x1b[22m', 4, '…')).toBe('\x1b[1mvio…\x1b[22m');
  });

  it('is not cut in the middle of a wide character', () => {
    expect(pad(clip('小提琴', 3), 3)).toBe('小 ');
  });

  it('is broken at blanks, and inside words only where they are too long', () => {
    expect(wrap('lower the gain of that link', 10)).toEqual(['lower the', 'gain of', 'that link']);
    expect(wrap('abcdefgh ij', 4)).toEqual(['abcd', 'ij']);
  });
});
