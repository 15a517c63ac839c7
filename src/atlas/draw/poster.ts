import type { Atlas, Row } from '../atlas.js';
import { wayOf } from '../circuit.js';
import { atlasSentence, rowSentence } from '../speech.js';
import { STYLE, escaped } from './ink.js';
import { MAP, mapHeight, mapSvg } from './map-svg.js';
import { STRIP, stripSvg } from './strip-svg.js';

const EDGE = 32;
const TOP = 92;
const ROW_HEAD = 54;

/** The whole atlas as one SVG that needs no other file: the map, and a strip for every trail. */
export function posterSvg(atlas: Atlas): string {
  const width = MAP.width + 2 * EDGE;
  const parts: string[] = [];
  let y = TOP + mapHeight(atlas) + 24;
  for (const row of atlas.rows) {
    parts.push(moved(EDGE, y, rowSvg(row)));
    y += ROW_HEAD + row.trails.length * STRIP.height + 20;
  }
  const title = `What ${atlas.title} wants to say`;
  const label = `${title}. ${atlasSentence(atlas)} ${atlas.rows.map(rowSentence).join(' ')}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="atlas" role="img"`,
    ` width="${width}" height="${y}"`,
    ` viewBox="0 0 ${width} ${y}" aria-label="${escaped(label)}">`,
    STYLE,
    `<rect class="ground" width="${width}" height="${y}"/>`,
    `<text class="head" x="${EDGE}" y="46">${escaped(title)}</text>`,
    `<text class="soft" x="${EDGE}" y="70">${escaped(subtitle(atlas))}</text>`,
    moved(EDGE, TOP, mapSvg(atlas)),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/** What was done, in a line. */
export function subtitle(atlas: Atlas): string {
  const probes = atlas.rows[0]?.trails.map(({ probe }) => probe).join(', ') ?? '';
  return `${atlasSentence(atlas)} Probes of ${atlas.seconds} s: ${probes}. Seed ${atlas.seed}.`;
}

function rowSvg(row: Row): string {
  const { circuit, trails } = row;
  const says = rowSentence(row).slice(rowSentence(row).indexOf(': ') + 2);
  return [
    `<text class="name" x="0" y="18">${escaped(circuit.name)}`,
    `<tspan class="soft" dx="10">${escaped(wayOf(circuit))}</tspan></text>`,
    `<text x="0" y="40">${escaped(says.charAt(0).toUpperCase() + says.slice(1))}</text>`,
    ...trails.map((trail, i) => moved(0, ROW_HEAD + i * STRIP.height, stripSvg(trail))),
  ].join('\n');
}

function moved(x: number, y: number, content: string): string {
  return `<g transform="translate(${x} ${y})">\n${content}\n</g>`;
}
