import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import { takePage } from '../address.js';
import type { Tale } from '../tale/tale.js';
import { clock } from '../written.js';

const [WIDTH, ROW, LEFT, RIGHT, TOP] = [960, 56, 24, 190, 28];

interface Path {
  readonly tale: Tale;
  readonly row: number;
  readonly origin: Path | undefined;
}

/**
 * The runs of a site as paths through one garden: time to the right, a fork leaves its run where it
 * entered it, a replay runs beside it. Undefined where no run came from another of them.
 */
export function garden(tales: readonly Tale[]): Markup | undefined {
  const paths = pathsOf(tales);
  if (!paths.some(({ origin }) => origin !== undefined)) return undefined;
  const last = Math.max(1e-9, ...tales.map(({ ends }) => ends));
  const x = (seconds: number): number => LEFT + (seconds / last) * (WIDTH - LEFT - RIGHT);
  const height = TOP + paths.length * ROW;
  return html`<svg class="garden" viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="How the runs came from one another">${paths.map(
    (path) => drawn(path, x),
  )}</svg>`;
}

/** Children below their origin, in the order they left it. */
function pathsOf(tales: readonly Tale[]): readonly Path[] {
  const runs = new Set(tales.map(({ record }) => record.run));
  const paths: Path[] = [];
  const place = (tale: Tale, origin: Path | undefined): void => {
    if (paths.some((path) => path.tale === tale)) return;
    const path = { tale, row: paths.length, origin };
    paths.push(path);
    tales
      .filter(({ record }) => record.origin?.run === tale.record.run)
      .toSorted((a, b) => a.begins - b.begins)
      .forEach((child) => place(child, path));
  };
  for (const tale of tales) {
    if (!runs.has(tale.record.origin?.run ?? '')) place(tale, undefined);
  }
  for (const tale of tales) place(tale, undefined);
  return paths;
}

function drawn({ tale, row, origin }: Path, x: (seconds: number) => number): Markup {
  const y = TOP + row * ROW;
  const [from, to] = [x(tale.begins), x(tale.ends)];
  const bend = Math.min(40, Math.max(8, (to - from) / 2));
  const top = origin === undefined ? y : TOP + origin.row * ROW;
  const way = `M${from} ${top}C${from + bend / 2} ${top} ${from + bend / 4} ${y} ${from + bend} ${y}`;
  const path =
    origin === undefined ? `M${from} ${y}L${to} ${y}` : `${way}L${Math.max(to, from + bend)} ${y}`;
  const how = tale.record.origin?.how;
  return html`<a href="${takePage(tale.slug, 1)}" class="${how ?? 'root'}"><path d="${path}"/><circle cx="${from}" cy="${top}" r="4"/><text x="${
    Math.max(to, from + bend) + 10
  }" y="${y + 5}">${tale.record.title}</text><text class="dim" x="${
    Math.max(to, from + bend) + 10
  }" y="${y + 22}">${tale.record.run}${how !== undefined && ` · ${how} at ${clock(tale.begins)}`}</text></a>`;
}
