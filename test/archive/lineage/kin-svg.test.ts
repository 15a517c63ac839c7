import { describe, expect, it } from 'vitest';
import type { SaidRecord } from '../../../src/archive/index.js';
import { ancestryOf, kinSvg, openIndex, openRun } from '../../../src/archive/index.js';
import { SMALL, SMALL_RUN, sayings, withFolder, writeRun } from '../run-on-disk.js';

async function drawn(said: readonly SaidRecord[], envelopes?: number): Promise<string> {
  return withFolder(async (folder) => {
    const index = await openIndex(openRun(writeRun(folder, said, SMALL_RUN)));
    const kinship = ancestryOf(index, [said.length - 1]);
    const svg = kinSvg(index, kinship, {
      title: 'Why <this>?',
      ...(envelopes === undefined ? {} : { envelopes }),
    });
    index.close();
    return svg;
  });
}

const count = (svg: string, part: RegExp): number => svg.match(part)?.length ?? 0;

describe('kin drawn as SVG', () => {
  it('has a bar for each envelope, a lane for each agent, a line for each parent', async () => {
    const svg = await drawn(SMALL);
    expect(count(svg, /<g><title>/g)).toBe(7);
    expect(count(svg, /class="lane/g)).toBe(3);
    expect(count(svg, /class="link/g)).toBe(SMALL.flatMap(({ parents }) => parents).length);
    expect(count(svg, /class="link returns"/g)).toBe(2);
    expect(count(svg, /class="asked"/g)).toBe(1);
    expect(svg).toContain('Why &#60;this&#62;?');
    expect(svg).not.toMatch(/NaN|undefined|https?:(?!\/\/www.w3.org)/);
  });

  it('keeps the bars of one lane apart', async () => {
    const svg = await drawn(
      sayings(
        Array.from({ length: 60 }, (_, i) => {
          return [`a.${i + 1}`, { time: (i >> 1) * 90, of: i === 0 ? [] : [`a.${i}`] }] as const;
        }),
      ),
    );
    const bars = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="13"/g)];
    const boxes = bars.map(([, x, y, width]) => [Number(x), Number(y), Number(width)] as const);
    expect(boxes).toHaveLength(60);
    for (const [i, [x, y, width]] of boxes.entries()) {
      for (const [otherX, otherY] of boxes.slice(i + 1)) {
        if (otherY === y) expect(otherX).toBeGreaterThanOrEqual(x + width);
      }
    }
  });

  it('draws the nearest where there are too many, and says how many it left out', async () => {
    const long = sayings(
      Array.from({ length: 50 }, (_, i) => {
        return [`a.${i + 1}`, { time: i, of: i === 0 ? [] : [`a.${i}`] }] as const;
      }),
    );
    const svg = await drawn(long, 10);
    expect(count(svg, /<g><title>/g)).toBe(10);
    expect(svg).toContain('10 of 50 envelopes, 40 further ancestors not drawn');
  });

  it('draws a first word alone', async () => {
    const svg = await drawn(SMALL.slice(0, 1));
    expect(count(svg, /<g><title>/g)).toBe(1);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});
