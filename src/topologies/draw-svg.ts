import type { AgentId } from '../core/index.js';
import { linkLabel, loopLines, loopsOfLinks } from './drawing.js';
import type { DrawOptions } from './drawing.js';
import { layOut } from './layout.js';
import type { Box, Layout, Point } from './layout.js';
import type { Topology } from './topology.js';

const LINE_HEIGHT = 18;

/**
 * Draws a topology as one SVG file that needs nothing else: feeding links solid, returning ones
 * dashed and coloured, loops numbered and listed below; readable on light and dark ground.
 */
export async function drawSvg(topology: Topology, options: DrawOptions): Promise<string> {
  const layout = await layOut(topology, options);
  const loops = loopLines(topology, options.sampleRate);
  const top = options.title === undefined ? 0 : 34;
  const longest = Math.max(0, ...loops.map((line) => line.length));
  const width = Math.max(layout.width, Math.ceil(longest * 7.3) + 40);
  const height = top + layout.height + loops.length * LINE_HEIGHT + 20;
  const caption = loops.map((line, i) => {
    const y = top + layout.height + (i + 1) * LINE_HEIGHT;
    return `<text class="loop" x="20" y="${y}" xml:space="preserve">${escaped(line)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="topology" role="img"`,
    ` viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    ...(options.title === undefined ? [] : [titled(options.title)]),
    STYLE,
    MARKERS,
    `<g transform="translate(0 ${top})">`,
    ...lines(topology, layout, options),
    ...[...layout.boxes].flatMap(([id, box]) => boxOf(id, box, options.labels?.get(id))),
    '</g>',
    ...caption,
    '</svg>',
    '',
  ].join('\n');
}

// Medium greys and hues hold on white as well as on black; the boxes bring their own ground.
const STYLE = `<style>
.topology text { font: 12px ui-monospace, Menlo, Consolas, monospace; fill: #777 }
.topology .title { font-size: 16px; font-weight: bold; fill: #888 }
.topology .agent { fill: #20242c; stroke: #8a93a5; stroke-width: 1.5 }
.topology .name { fill: #f2f4f8; text-anchor: middle; font-size: 13px }
.topology .kind { fill: #a9b2c3; text-anchor: middle; font-size: 11px }
.topology .feeds { fill: none; stroke: #8a93a5; stroke-width: 1.5 }
.topology .returns { fill: none; stroke: #d9822b; stroke-width: 1.8; stroke-dasharray: 6 4 }
.topology .label { fill: #d9822b; text-anchor: middle }
</style>`;

const MARKERS = `<defs>${marker('feeds', '#8a93a5')}${marker('returns', '#d9822b')}</defs>`;

function marker(name: string, colour: string): string {
  const box = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"';
  return `<marker id="${name}" ${box}><path d="M0 0 8 4 0 8z" fill="${colour}"/></marker>`;
}

function titled(title: string): string {
  const text = escaped(title);
  return `<title>${text}</title>\n<text class="title" x="20" y="26">${text}</text>`;
}

function lines(topology: Topology, layout: Layout, options: DrawOptions): readonly string[] {
  const numbers = loopsOfLinks(topology);
  return topology.links.flatMap((link, i) => {
    const points = layout.lines[i] as readonly Point[];
    const path = `<path class="${link.way}" marker-end="url(#${link.way})" d="${smooth(points)}"/>`;
    const loops = numbers.get(i);
    const text = [
      linkLabel(link, options.sampleRate),
      loops === undefined ? '' : `[${loops.join(' ')}]`,
    ];
    const shown = text.filter((part) => part !== '').join(' ');
    if (shown === '' || link.way === 'feeds') return [path];
    const { x, y } = points[points.length >> 1] as Point;
    const below = link.from.agent === link.to.agent;
    const at = below ? `x="${x + 22}" y="${y + 14}"` : `x="${x}" y="${y - 4}"`;
    return [path, `<text class="label" ${at}>${escaped(shown)}</text>`];
  });
}

/** A curve through the points: straight at the ends, rounded at every corner. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  const last = rest.at(-1) as Point;
  const bends = rest.slice(0, -1).map((bend, i) => {
    const next = rest[i + 1] as Point;
    const half = { x: Math.round((bend.x + next.x) / 2), y: Math.round((bend.y + next.y) / 2) };
    return `Q${bend.x} ${bend.y} ${half.x} ${half.y}`;
  });
  return `M${first.x} ${first.y}${bends.join('')}L${last.x} ${last.y}`;
}

function boxOf(id: AgentId, { x, y, width, height }: Box, label?: string): readonly string[] {
  const corner = `x="${x - width / 2}" y="${y - height / 2}"`;
  return [
    `<rect class="agent" ${corner} width="${width}" height="${height}" rx="6"/>`,
    `<text class="name" x="${x}" y="${label === undefined ? y + 4 : y - 2}">${escaped(id)}</text>`,
    ...(label === undefined
      ? []
      : [`<text class="kind" x="${x}" y="${y + 14}">${escaped(label)}</text>`]),
  ];
}

function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\p{Cc}/gu, '\u{fffd}');
}
