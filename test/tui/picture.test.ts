import { describe, expect, it } from 'vitest';
import { dashboardSvg } from '../../tui/picture/dashboard-svg.js';
import { frameSvg } from '../../tui/picture/frame-svg.js';
import { cellsOf } from '../../tui/picture/styled-cells.js';
import { BABEL } from './fixtures/babel-scene.js';
import { babelRecords } from './fixtures/babel.js';

const PLAIN = { ink: '#ffffff', ground: '#000000' };

describe('the picture of the dashboard', () => {
  it('knows the colours that a line is painted in, also turned round', () => {
    const line = 'a\u001b[1m\u001b[38;5;196mb\u001b[22m\u001b[7mc\u001b[27m\u001b[39md';
    const cells = cellsOf(line, PLAIN);
    expect(cells.map(({ character }) => character).join('')).toBe('abcd');
    expect(cells.map(({ ink }) => ink)).toEqual([undefined, '#ff0000', '#000000', undefined]);
    expect(cells.map(({ ground }) => ground)).toEqual([undefined, undefined, '#ff0000', undefined]);
    expect(cells.map(({ bold }) => bold)).toEqual([false, true, false, false]);
  });

  it('gives every word its place, and braille its dots', () => {
    const svg = frameSvg(['ab  <c>', '\u2801\u28ff'], 'a & b');
    expect(svg).toContain('<title>a &amp; b</title>');
    expect(svg).toMatch(/<text x="12" textLength="16"[^>]*>ab<\/text>/);
    expect(svg).toMatch(/<text x="44" textLength="24"[^>]*>&lt;c&gt;<\/text>/);
    expect(svg.match(/M\d/g)).toHaveLength(1 + 8);
  });

  it('shows the run as it was at a moment, every agent by its name', () => {
    const records = babelRecords().map(([record]) => record);
    const svg = dashboardSvg(records);
    for (const { id } of BABEL.agents) expect(svg).toContain(`>${id}<`);
    expect(svg).toContain('RUNAWAY');
    expect(dashboardSvg(records, { seconds: 200 })).not.toContain('RUNAWAY');
  });
});
