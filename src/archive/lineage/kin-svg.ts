import type { RunIndex } from '../index-db/run-index.js';
import { clockLabel } from './clock-label.js';
import { BAR_HEIGHT, type Bar, type KinLayout, type Lane, layOutKin } from './kin-layout.js';
import { nearestKin } from './kin-tree.js';
import type { Kinship } from './kinship.js';
import { lapShades } from './lap-colour.js';
import { relativeOf } from './relative.js';

/** How a drawing of kin is titled and how much of it there is. */
export interface KinSvgOptions {
  readonly title: string;
  /** At most so many envelopes are drawn, the nearest; 300 unless given. */
  readonly envelopes?: number;
}

const LEFT = 132;
const TOP = 64;
const RIGHT = 100;
const BOTTOM = 74;
const CHARACTER = 6.1;

/**
 * Draws kin as one SVG file that needs nothing else: time from left to right, a lane for each
 * agent, colour for the lap, dashed lines where a returning link was crossed.
 */
export function kinSvg(index: RunIndex, kinship: Kinship, options: KinSvgOptions): string {
  const numbers = nearestKin(index, kinship, options.envelopes ?? 300);
  const layout = layOutKin(
    numbers.map((n) => relativeOf(index, n)),
    kinship.agents,
  );
  const shades = lapShades([...layout.bars.values()].map(({ relative }) => relative.lap));
  const asked = new Set(kinship.of.map((n) => index.id(n)));
  const [width, height] = [LEFT + layout.width + RIGHT, TOP + layout.height + BOTTOM];
  const left = kinship.members.length - numbers.length;
  const note = left > 0 ? `, ${left} further ${kinship.side} not drawn` : '';
  const caption = `${numbers.length} of ${kinship.members.length} envelopes${note}`;
  const sampleRate = index.run.record.sampleRate;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="kin" role="img"`,
    ` viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escaped(options.title)}</title>`,
    STYLE,
    `<rect class="ground" width="${width}" height="${height}" rx="10"/>`,
    `<text class="title" x="24" y="32">${escaped(options.title)}</text>`,
    `<g transform="translate(${LEFT} ${TOP})">`,
    ...layout.lanes.map((lane, i) => laneOf(lane, layout, i)),
    ...ticksOf(layout, sampleRate),
    ...linksOf(layout, shades.of),
    ...[...layout.bars.values()].map((bar) => {
      return barOf(bar, shades.of, sampleRate, asked.has(bar.relative.id));
    }),
    '</g>',
    ...legendOf(shades, height - 22, caption),
    '</svg>',
    '',
  ].join('\n');
}

const STYLE = `<style>
.kin text { font: 10px ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace; fill: #a9b2c3 }
.kin .title { font-size: 15px; font-weight: bold; fill: #f2f4f8 }
.kin .ground { fill: #12151c }
.kin .lane { fill: #191d26 }
.kin .lane.even { fill: #161a22 }
.kin .agent { font-size: 12px; fill: #f2f4f8; text-anchor: end }
.kin .kind { text-anchor: end; fill: #7d8799 }
.kin .tick { stroke: #2a303c; stroke-width: 1 }
.kin .time { text-anchor: middle; fill: #7d8799 }
.kin .start { text-anchor: start }
.kin .link { fill: none; stroke-width: 1.1 }
.kin .returns { stroke-dasharray: 4 3 }
.kin .asked { stroke: #ffffff; stroke-width: 2 }
.kin .inside { fill: #12151c; font-weight: bold }
.kin .id { fill: #c9d1de }
</style>`;

function laneOf({ agent, kind, y, height }: Lane, { width }: KinLayout, i: number): string {
  const middle = y + height / 2;
  const twice = kind !== undefined && kind !== agent;
  return [
    `<rect class="lane${i % 2 === 0 ? '' : ' even'}" x="${-LEFT + 12}" y="${num(y)}"`,
    ` width="${num(width + LEFT + RIGHT - 24)}" height="${num(height - 2)}" rx="4"/>`,
    `<text class="agent" x="-16" y="${num(middle + (twice ? -1 : 4))}">${escaped(agent)}</text>`,
    twice ? `<text class="kind" x="-16" y="${num(middle + 12)}">${escaped(kind)}</text>` : '',
  ].join('');
}

const STEPS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400];

function ticksOf(layout: KinLayout, sampleRate: number): readonly string[] {
  const [from, until] = [layout.from / sampleRate, layout.until / sampleRate];
  const most = layout.width / 70;
  const step = STEPS.find((one) => (until - from) / one <= most) ?? until - from;
  const ticks: string[] = [];
  for (let i = Math.ceil(from / step); i * step <= until; i++) {
    const x = num(layout.xOf(i * step * sampleRate));
    const label = clockLabel(i * step, step < 1 ? 2 : 0);
    ticks.push(
      `<path class="tick" d="M${x} 0V${num(layout.height)}"/>` +
        `<text class="time" x="${x}" y="${num(layout.height + 16)}">${label}</text>`,
    );
  }
  return ticks;
}

function linksOf({ bars }: KinLayout, shadeOf: (lap: number) => string): readonly string[] {
  const opacity = bars.size > 120 ? 0.28 : bars.size > 40 ? 0.45 : 0.7;
  return [...bars.values()].flatMap((child) =>
    child.relative.parents.flatMap(({ id, lap }) => {
      const parent = bars.get(id);
      if (parent === undefined) return [];
      const way = lap > parent.relative.lap ? 'link returns' : 'link';
      const ink = `stroke="${shadeOf(lap)}" stroke-opacity="${opacity}"`;
      return [`<path class="${way}" ${ink} d="${curve(parent, child)}"/>`];
    }),
  );
}

/** From where the parent's bar ends, or from above the child if it lasts beyond it. */
function curve(parent: Bar, child: Bar): string {
  const [x1, y1] = [Math.min(parent.x + parent.width, child.x), parent.y + BAR_HEIGHT / 2];
  const [x2, y2] = [child.x, child.y + BAR_HEIGHT / 2];
  const bend = Math.max(14, (x2 - x1) / 2);
  const out = x2 - x1 < 4 ? x1 - bend : x1 + bend;
  const points = [out, y1, x2 - bend, y2, x2, y2].map(num);
  return `M${num(x1)} ${num(y1)}C${points.join(' ')}`;
}

function barOf(
  bar: Bar,
  shadeOf: (lap: number) => string,
  sampleRate: number,
  asked: boolean,
): string {
  const { relative, x, y, width } = bar;
  const { id, agent, kind = '', carries, lap, time, lengthSamples } = relative;
  const tip = [
    `${id}: ${agent} ${kind === agent ? '' : kind}`.trim(),
    `${carries} at ${clockLabel(time / sampleRate)}, lap ${lap}`,
    lengthSamples > 0 ? `${(lengthSamples / sampleRate).toFixed(2)} s` : '',
    ...relative.origins.map(
      ({ file, sample }) => `${file} from ${clockLabel(sample / sampleRate)}`,
    ),
    ...relative.models.map(({ run }) => `model ${run}`),
  ];
  const title = `<title>${escaped(tip.filter((line) => line !== '').join('\n'))}</title>`;
  const box = `x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${BAR_HEIGHT}" rx="3"`;
  const fill = `fill="${shadeOf(lap)}"${asked ? ' class="asked"' : ''}`;
  return `<g>${title}<rect ${box} ${fill}/>${nameOf(bar)}</g>`;
}

/** In the bar, or beside it, or nowhere: it must not run into the next one. */
function nameOf({ relative: { id }, x, y, width, room }: Bar): string {
  const length = id.length * CHARACTER + 8;
  if (width >= length) return textAt('inside', x + 5, y + 10, id);
  return room >= length ? textAt('id', x + width + 4, y + 10, id) : '';
}

function textAt(name: string, x: number, y: number, text: string): string {
  return `<text class="${name}" x="${num(x)}" y="${num(y)}">${escaped(text)}</text>`;
}

const SWATCHES = 16;

function legendOf(
  { laps, of }: ReturnType<typeof lapShades>,
  y: number,
  caption: string,
): readonly string[] {
  const count = Math.min(laps.length, SWATCHES);
  const picked = Array.from({ length: count }, (_, i) => {
    return laps[Math.round((i / Math.max(1, count - 1)) * (laps.length - 1))] as number;
  });
  const first = `lap ${laps[0] ?? 0}`;
  const left = LEFT + first.length * CHARACTER + 10;
  const right = left + count * 16 + 6;
  const last = count > 1 ? String(laps.at(-1)) : '';
  return [
    textAt('time start', LEFT, y, first),
    ...picked.map((lap, i) => {
      const box = `x="${num(left + i * 16)}" y="${y - 9}" width="14" height="10" rx="2"`;
      return `<rect ${box} fill="${of(lap)}"/>`;
    }),
    ...(last === '' ? [] : [textAt('time start', right, y, last)]),
    textAt('time start', right + last.length * CHARACTER + 24, y, caption),
  ];
}

function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/[^\P{Cc}\n]/gu, '\u{fffd}');
}
