import type { BiasCurve, BiasCurves } from './bias-curves.js';
import { type Panel, escaped, panelSvg } from './panel.js';
import { headOf } from './table.js';

const COLUMNS = 2;
const PANEL: Panel = { width: 440, height: 168 };
const GAP = 24;
const HEAD = 76;
const FOOT = 46;

/** The dashboard's colours, on a dark ground and on a light one. */
const STYLE = `
svg { --ground: #121212; --text: #d0d0d0; --dim: #8a8a8a; --line: #303030; --title: #87d7ff;
  --curve: #5fd7d7; --band: #5fd7d7; --chance: #d7afff; }
@media (prefers-color-scheme: light) {
  svg { --ground: #ffffff; --text: #303030; --dim: #626262; --line: #dadada; --title: #005f87;
    --curve: #005f87; --band: #005f87; --chance: #8700af; }
}
.ground { fill: var(--ground); } .text { fill: var(--text); } .dim { fill: var(--dim); }
.title { fill: var(--title); font-weight: bold; } .line { stroke: var(--line); fill: none; }
.curve { stroke: var(--curve); fill: none; stroke-width: 1.75; stroke-linejoin: round;
  stroke-linecap: round; }
.dot { fill: var(--curve); } .band { fill: var(--band); opacity: 0.2; }
.chance { stroke: var(--chance); fill: none; stroke-width: 1.25; stroke-dasharray: 2 3; }
text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 11px; }`;

/** The curves of a run as small multiples with their bands, an SVG for dark and light pages. */
export function driftChart(all: BiasCurves): string {
  const rows = Math.ceil(all.curves.length / COLUMNS);
  const width = GAP + COLUMNS * (PANEL.width + GAP);
  const height = HEAD + rows * (PANEL.height + GAP) + FOOT;
  const panels = all.curves.map((curve, i) => placed(curve, all, i)).join('\n');
  const rest = headOf(all).slice(all.title.length).trim();
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(`Bias curves of ${all.title}`)}</title>
<style>${STYLE}
</style>
<rect class="ground" width="${width}" height="${height}" rx="8"/>
<text class="title" x="${GAP}" y="32" style="font-size: 16px">${escaped(all.title)}</text>
<text class="dim" x="${GAP}" y="52">${escaped(rest)}</text>
${panels}
${legend(height - 22)}
</svg>
`;
}

function placed(curve: BiasCurve, { along, windowSeconds }: BiasCurves, index: number): string {
  const x = GAP + (index % COLUMNS) * (PANEL.width + GAP);
  const y = HEAD + Math.floor(index / COLUMNS) * (PANEL.height + GAP);
  const of = { along, ...(windowSeconds === undefined ? {} : { windowSeconds }) };
  return `<g transform="translate(${x} ${y})">\n${panelSvg(curve, of, PANEL)}\n</g>`;
}

function legend(y: number): string {
  const mark = (x: number, drawing: string, says: string): string =>
    `<g transform="translate(${x} ${y})">${drawing}<text class="dim" x="30">${says}</text></g>`;
  return [
    mark(GAP, '<path class="curve" d="M0-4H22"/>', 'measured'),
    mark(GAP + 120, '<rect class="band" y="-10" width="22" height="12"/>', '95 % band'),
    mark(
      GAP + 250,
      '<path class="chance" d="M0-4H22"/>',
      'below it, chance alone may be the cause',
    ),
  ].join('\n');
}
