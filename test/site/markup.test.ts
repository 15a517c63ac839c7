import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped, html, trusted } from '../../src/site/markup.js';

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '" onload="alert(1)',
    "' onclick='x",
    '</title><svg onload=x>',
    '&lt;b&gt;',
    '\u{202e}gpj.exe',
    '\ud800',
    '\u0000\u001b[2J',
    'javascript:alert(1)',
    '<!--',
    ']]>',
  ),
);

/** What a reader of HTML makes of character references. */
function read(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

describe('the template of HTML', () => {
  it('never lets text open a tag, close a quote or begin a reference', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { text: shown } = html`<p title="${text}">${text}</p>`;
        const inner = shown.slice('<p title="'.length, -'</p>'.length);
        expect(inner.split('">')).toHaveLength(2);
        for (const part of inner.split('">')) {
          expect(part).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
        }
      }),
    );
  });

  it('shows every text as it is, once, but for what cannot be shown', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(read(escaped(text))).toBe(text.replace(/(?![\n\t])\p{Cc}/gu, '\u{fffd}'));
      }),
    );
  });

  it('makes direction overrides, control characters and half characters visible', () => {
    expect(escaped('a\u{202e}b\u0007c\ud800d')).toBe('a\u{fffd}b\u{fffd}c\u{fffd}d');
  });

  it('joins pieces, leaves out what is not there, and escapes what is in lists', () => {
    const list = ['<', html`<b>${'&'}</b>`, false, undefined] as const;
    expect(html`${list}${0}`.text).toBe('&lt;<b>&amp;</b>0');
    expect(html`${trusted('<svg/>')}`.text).toBe('<svg/>');
  });
});
