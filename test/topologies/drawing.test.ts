import { describe, expect, it } from 'vitest';
import { checkTopology, drawMermaid, drawSvg, drawText } from '../../src/topologies/index.js';
import type { DrawOptions, Link, Member, Topology } from '../../src/topologies/index.js';
import { link, members } from './company.js';

const OPTIONS: DrawOptions = {
  sampleRate: 100,
  title: 'Call & <response>',
  labels: new Map([['a', 'corpus']]),
};

function drawn(agents: readonly Member[], links: readonly Link[]): Topology {
  const checked = checkTopology(agents, links);
  if (!checked.ok) throw new Error('the drawing test drew an unsound topology');
  return checked.value;
}

const small = drawn(members('a', 'b', 'alone'), [
  link('a', 'b'),
  { ...link('b', 'a', 450), gain: 0.8, every: 2, probability: 0.5 },
  link('b', 'b', 100),
]);

describe('a drawing', () => {
  it('as text shows arrows, options and loops', () => {
    expect(drawText(small, OPTIONS)).toBe(`Call & <response>

a (corpus)
  audio -> b.audio  [2]
b
  audio ~> a.audio  4.5s ×0.8 1/2 p0.5  [2]
  audio ~> b.audio  1s  [1]
alone

loops
  1  b ~> b   1s, 1 lap
  2  a -> b ~> a   4.5s, 1 lap
`);
  });

  it('as text says when nothing comes back', () => {
    const straight = drawn(members('a', 'b'), [link('a', 'b')]);
    expect(drawText(straight, { sampleRate: 100 })).toContain('no loops');
  });

  it('as Mermaid dots what returns and escapes what would break it', () => {
    expect(drawMermaid(small, OPTIONS)).toBe(`---
title: "Call & <response>"
---
flowchart LR
  a0["a<br/>corpus"]
  a1["b"]
  a2["alone"]
  a0 -->|"audio (2)"| a1
  a1 -.->|"audio 4.5s ×0.8 1/2 p0.5 (2)"| a0
  a1 -.->|"audio 1s (1)"| a1
`);
  });

  it('as SVG is one file that needs nothing else', async () => {
    const svg = await drawSvg(small, OPTIONS);
    await expect(svg).toMatchFileSnapshot('./small.golden.svg');
    expect(svg).not.toMatch(/(href|src|url\((?!#))|<script/);
    expect(svg).toContain('Call &#38; &#60;response&#62;');
    expect(svg.match(/class="feeds"/g)).toHaveLength(1);
    expect(svg.match(/class="returns"/g)).toHaveLength(2);
  });

  it('as SVG keeps every number finite and every box inside', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `n${i}`);
    const links = names.flatMap((from, i) => [
      link(from, names[(i + 1) % 12] as string, 50),
      link(from, names[(i + 5) % 12] as string, 70),
    ]);
    const svg = await drawSvg(drawn(members(...names), links), { sampleRate: 100 });
    const [width, height] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).slice(1).map(Number);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    for (const [, x, y] of svg.matchAll(/<rect[^>]* x="([\d.-]+)" y="([\d.-]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThan(width as number);
      expect(Number(y)).toBeLessThan(height as number);
    }
  });
});
