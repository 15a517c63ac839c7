import type { Atlas, Row, Trail } from '../atlas.js';
import { wayOf } from '../circuit.js';
import { soundFileOf } from '../sound-files.js';
import { rowSentence } from '../speech.js';
import { STYLE, escaped } from './ink.js';
import { MAP, mapHeight, mapSvg } from './map-svg.js';
import { subtitle } from './poster.js';
import { STRIP, stripAlt, stripSvg } from './strip-svg.js';

/** The atlas as one page: the pictures are in it, the sounds lie beside it in `sounds/`. */
export function pageHtml(atlas: Atlas): string {
  const title = escaped(`What ${atlas.title} wants to say`);
  const sentences = atlas.rows.map(rowSentence).join(' ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    STYLE,
    PAGE_STYLE,
    '</head>',
    '<body class="atlas">',
    '<main>',
    `<h1>${title}</h1>`,
    `<p class="about">${escaped(subtitle(atlas))}</p>`,
    framed({ ...MAP, height: mapHeight(atlas) }, mapSvg(atlas), `Map of all trails. ${sentences}`),
    ...atlas.rows.map((row) => section(row)),
    leftOut(atlas),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const PAGE_STYLE = `<style>
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5 }
main { max-width: 1000px; margin: 0 auto; padding: 32px 20px 64px }
h1 { font-size: 28px; margin: 0 0 4px }
h2 { font-size: 18px; margin: 0 }
.about, .way, footer { color: var(--soft) }
.way { font-size: 14px; margin: 0 }
.says { margin: 6px 0 10px }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: 18px 20px; margin-top: 20px }
figure { margin: 0; padding: 6px 0; border-top: 1px solid var(--line) }
svg { display: block; width: 100%; height: auto }
audio { display: block; width: 300px; max-width: 100%; height: 30px; margin: -8px 0 6px auto }
.trouble { color: var(--soft); font-size: 13px; margin: 0 }
</style>`;

function framed(
  { width, height }: { readonly width: number; readonly height: number },
  content: string,
  alt: string,
): string {
  const box = `viewBox="0 0 ${width} ${height}"`;
  return `<svg role="img" ${box} aria-label="${escaped(alt)}">\n${content}\n</svg>`;
}

function section(row: Row): string {
  const { circuit, trails } = row;
  const says = rowSentence(row).slice(rowSentence(row).indexOf(': ') + 2);
  return [
    '<section>',
    `<h2>${escaped(circuit.name)}</h2>`,
    `<p class="way">${escaped(wayOf(circuit))}</p>`,
    `<p class="says">${escaped(says.charAt(0).toUpperCase() + says.slice(1))}</p>`,
    ...trails.map((trail) => figure(row, trail)),
    '</section>',
  ].join('\n');
}

function figure(row: Row, trail: Trail): string {
  const file = soundFileOf(row, trail);
  const label = `Where ${trail.probe} comes to in ${row.circuit.name}`;
  const what = `aria-label="${escaped(label)}" src="${escaped(file ?? '')}"`;
  const player = file && `<audio controls preload="none" ${what}></audio>`;
  const troubles = trail.troubles.map((says) => `<p class="trouble">${escaped(says)}</p>`);
  const picture = framed(STRIP, stripSvg(trail), stripAlt(trail));
  return ['<figure>', picture, player ?? '', ...troubles, '</figure>'].join('\n');
}

function leftOut({ left }: Atlas): string {
  if (left.length === 0) return '';
  const items = left.map(({ name, why }) => `${name} (${why})`).join(', ');
  return `<footer><p>Not followed: ${escaped(items)}.</p></footer>`;
}
