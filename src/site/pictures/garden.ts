import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import { takePage } from '../address.js';
import type { Tale } from '../tale/tale.js';
import { clock } from '../written.js';

const [WIDTH, ROW, LEFT, RIGHT, TOP] = [960, 56, 12, 236, 24];
/** Longer titles are cut here; the whole one is told. */
const TITLE_MAX = 24;

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
  const label = 'How the runs came from one another';
  return html`<svg class="garden" viewBox="0 0 ${WIDTH} ${height}" role="group"
 aria-label="${label}">${paths.map((path) => drawn(path, x))}</svg>`;
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
  const end = origin === undefined ? to : Math.max(to, from + bend);
  const top = origin === undefined ? y : TOP + origin.row * ROW;
  const curve = `C${from + bend / 2} ${top} ${from + bend / 4} ${y} ${from + bend} ${y}`;
  const way = `M${from} ${top}${origin === undefined ? '' : curve}L${end} ${y}`;
  const { run, title, origin: written } = tale.record;
  const how = written === undefined ? '' : ` · ${written.how} at ${clock(tale.begins)}`;
  return html`<a href="${takePage(tale.slug, 1)}" class="${written?.how ?? 'root'}">
<path d="${way}"/><circle cx="${from}" cy="${top}" r="4"/>
<title>${title}</title><text x="${end + 10}" y="${y + 5}">${shortened(title)}</text>
<text class="dim" x="${end + 10}" y="${y + 22}">${run}${how}</text></a>`;
}

function shortened(title: string): string {
  const letters = Array.from(title);
  return letters.length <= TITLE_MAX ? title : `${letters.slice(0, TITLE_MAX - 1).join('')}…`;
}
