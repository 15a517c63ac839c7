import { type Cell, cellsOf } from './styled-cells.js';

/** A cell's size in the picture's units. */
const [WIDTH, HEIGHT] = [8, 17];
const MARGIN = 12;
const BASELINE = 12.5;
const FONT = 'ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace';
const PLAIN = { ink: '#d0d0d0', ground: '#121212' };
const [BRAILLE_FIRST, BRAILLE_LAST] = [0x2800, 0x28ff];

/**
 * Drawn lines as an SVG that looks the same everywhere: every word has its own place and width, and
 * braille is drawn as dots, which few fonts space as wide as letters.
 */
export function frameSvg(lines: readonly string[], title: string): string {
  const rows = lines.map((line) => cellsOf(line, PLAIN));
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  const [width, height] = [columns * WIDTH + 2 * MARGIN, lines.length * HEIGHT + 2 * MARGIN];
  const ground = rows[0]?.[0]?.ground ?? PLAIN.ground;
  const parts = rows.map((cells, row) => rowOf(cells, MARGIN + row * HEIGHT, ground));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>
<g font-family="${FONT}" font-size="13.2" xml:space="preserve">
${parts.filter(Boolean).join('\n')}
</g>
</svg>
`;
}

function rowOf(cells: readonly Cell[], top: number, ground: string): string {
  const boxes = runsOf(cells, ({ ground: own }) => own ?? ground).flatMap(([from, run]) => {
    const own = (run[0] as Cell).ground ?? ground;
    if (own === ground) return [];
    const size = `width="${run.length * WIDTH}" height="${HEIGHT}"`;
    return [`<rect x="${xOf(from)}" y="${top}" ${size} fill="${own}"/>`];
  });
  const style = ({ ink, bold, faint, character }: Cell): string =>
    `${ink ?? PLAIN.ink} ${bold} ${faint} ${isBraille(character)}`;
  const texts = runsOf(cells, style).map(([from, run]) => textOf(from, run, top));
  return [...boxes, ...texts].filter(Boolean).join('');
}

/** Cells in runs of the same key, with the column each begins at. */
function runsOf(
  cells: readonly Cell[],
  keyOf: (cell: Cell) => string,
): readonly (readonly [number, readonly Cell[]])[] {
  const runs: [number, Cell[]][] = [];
  let last: string | undefined;
  for (const [column, cell] of cells.entries()) {
    const key = keyOf(cell);
    if (key === last) runs.at(-1)?.[1].push(cell);
    else runs.push([column, [cell]]);
    last = key;
  }
  return runs;
}

function textOf(from: number, run: readonly Cell[], top: number): string {
  const [first] = run as [Cell];
  const colour = `fill="${first.ink ?? PLAIN.ink}"${first.faint ? ' opacity="0.6"' : ''}`;
  if (isBraille(first.character)) {
    const path = run.map(({ character }, i) => dotsOf(character, xOf(from + i), top)).join('');
    return path === '' ? '' : `<path d="${path}" ${colour}/>`;
  }
  const weight = first.bold ? ' font-weight="bold"' : '';
  const painted = `y="${top + BASELINE}" ${colour}${weight}`;
  const text = run.map(({ character }) => character).join('');
  return [...text.matchAll(/[^ ]+/g)]
    .map(([word], i, all) => {
      const x = xOf(from + (all[i]?.index ?? 0));
      const place = `x="${x}" textLength="${word.length * WIDTH}"`;
      return `<text ${place} ${painted}>${escaped(word)}</text>`;
    })
    .join('');
}

function xOf(column: number): number {
  return MARGIN + column * WIDTH;
}

function isBraille(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= BRAILLE_FIRST && code <= BRAILLE_LAST;
}

/** Where each bit of a braille character is: column and row of four rows of two dots. */
const DOTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

function dotsOf(character: string, left: number, top: number): string {
  const bits = (character.codePointAt(0) ?? BRAILLE_FIRST) - BRAILLE_FIRST;
  return DOTS.flatMap(([column, row], bit) => {
    if ((bits & (1 << bit)) === 0) return [];
    const [x, y] = [left + 1 + column * (WIDTH / 2), top + 1.2 + row * (HEIGHT / 4)];
    return [`M${x} ${y}h2.4v2.4h-2.4z`];
  }).join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
