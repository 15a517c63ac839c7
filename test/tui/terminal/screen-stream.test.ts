import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScreenStream } from '../../../tui/terminal/screen-stream.js';
import { FakeTerminal } from './fake-terminal.js';

const COLUMNS = 12;
const ROWS = 4;

const cell = fc.constantFrom(
  'a',
  'b',
  ' ',
  '⣿',
  '\u001b[1m',
  '\u001b[31m',
  '\u001b[39m',
  '\u001b[22m',
);
const line = fc.array(cell, { maxLength: 18 }).map((pieces) => {
  let [width, text] = [0, ''];
  for (const piece of pieces) {
    if (!piece.startsWith('\u001b') && ++width > COLUMNS) continue;
    text += piece;
  }
  return `${text}\u001b[0m`;
});
const frame = fc.array(line, { minLength: 1, maxLength: ROWS });

describe('what is written to the terminal', () => {
  it('always leaves the latest frame there, colours included', () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 8 }), (frames) => {
        const terminal = new FakeTerminal(COLUMNS, ROWS);
        const screen = new ScreenStream(terminal);
        for (const lines of frames) screen.write(lines.join('\n'));
        const fresh = new FakeTerminal(COLUMNS, ROWS);
        new ScreenStream(fresh).write((frames.at(-1) as string[]).join('\n'));
        expect(terminal.cells()).toEqual(fresh.cells());
      }),
    );
  });

  it('is nothing when nothing changed, and little when little did (T39)', () => {
    const terminal = new FakeTerminal(120, 2);
    const screen = new ScreenStream(terminal);
    const at = (time: string): string => `\u001b[38;5;252m demiurge ${time} ${'x'.repeat(90)}`;
    screen.write(at('14:02:11'));
    const before = { ...screen.counts };
    screen.write(at('14:02:11'));
    expect(screen.counts).toEqual(before);
    screen.write(at('14:02:12'));
    expect(screen.counts.writes).toBe(before.writes + 1);
    expect(screen.counts.characters - before.characters).toBeLessThan(40);
  });

  it('waits for a terminal that has not taken the last frame, and then shows the newest', () => {
    const terminal = new FakeTerminal(COLUMNS, ROWS);
    const screen = new ScreenStream(terminal);
    screen.write('one');
    terminal.writableNeedDrain = true;
    screen.write('two');
    expect(terminal.text()[0]?.trim()).toBe('one');
    terminal.writableNeedDrain = false;
    screen.write('three');
    expect(terminal.text()[0]?.trim()).toBe('three');
    expect(screen.counts.skipped).toBe(1);
  });

  it('draws everything anew after a change of size', () => {
    const terminal = new FakeTerminal(COLUMNS, ROWS);
    const screen = new ScreenStream(terminal);
    screen.write('one\ntwo');
    terminal.resize(8, 3);
    screen.write('one');
    expect(terminal.text().map((text) => text.trim())).toEqual(['one', '', '']);
  });
});
