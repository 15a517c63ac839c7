import type { Atlas, Row, Trail } from '../atlas.js';
import type { Spot } from '../map.js';
import { endName } from '../speech.js';
import { escaped, inkOf, short } from './ink.js';
import { badge } from './strip-svg.js';

/** Width and height of the map, in pixels. */
export const MAP = { width: 960, height: 500 } as const;

const MARGIN = { x: 70, y: 46 };

const LEGEND = { columns: 3, row: 30 } as const;

/** The map's height with its legend below. */
export function mapHeight(atlas: Atlas): number {
  return MAP.height + Math.ceil(legendOf(atlas).size / LEGEND.columns) * LEGEND.row + 8;
}

/** What each basin is, and where it was found. */
function legendOf({ rows }: Atlas): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { circuit, trails } of rows) {
    for (const trail of trails) {
      if (trail.basin === undefined) continue;
      const said = names.get(trail.basin) ?? endName(trail);
      names.set(trail.basin, said.includes(circuit.name) ? said : `${said}, ${circuit.name}`);
    }
  }
  return names;
}

function legend(atlas: Atlas): readonly string[] {
  const wide = MAP.width / LEGEND.columns;
  return [...legendOf(atlas)].map(([basin, says], i) => {
    const x = (i % LEGEND.columns) * wide + 14;
    const y = MAP.height + Math.floor(i / LEGEND.columns) * LEGEND.row + 24;
    const text = says.length > 40 ? `${says.slice(0, 39)}…` : says;
    return `${badge(basin, x, y)}<text x="${x + 18}" y="${y + 4.5}">${escaped(text)}</text>`;
  });
}

/**
 * All trails on one map of sounds: near is alike. Squares are probes, dots are laps, discs the
 * places where trails come to rest. SVG without its frame.
 */
export function mapSvg(atlas: Atlas): string {
  const { rows } = atlas;
  const trails = rows.flatMap((row) => row.trails.map((trail) => ({ row, trail })));
  const astray = trails.filter(({ trail }) => trail.basin === undefined);
  const settled = trails.filter(({ trail }) => trail.basin !== undefined);
  const inks = new Set(trails.map(({ trail }) => inkOf(trail.basin)));
  const frame = `x="0.5" y="0.5" width="${MAP.width - 1}" height="${MAP.height - 1}"`;
  return [
    `<rect class="card" ${frame} rx="8"/>`,
    `<defs>${[...inks].map(arrow).join('')}</defs>`,
    ...[...astray, ...settled].map(({ row, trail }) => line(row, trail)),
    ...places(
      rows,
      settled.map(({ trail }) => trail),
    ),
    ...probes(rows),
    ...legend(atlas),
    `<text class="soft" x="16" y="${MAP.height - 14}">near is alike · ■ probe · • lap · `,
    `letter: place to rest · grey: never rests</text>`,
  ].join('\n');
}

function at({ x, y }: Spot): { readonly x: number; readonly y: number } {
  return {
    x: MARGIN.x + x * (MAP.width - 2 * MARGIN.x),
    y: MARGIN.y + (1 - y) * (MAP.height - 2 * MARGIN.y),
  };
}

function arrow(ink: string): string {
  const box = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"';
  return `<marker id="to-${ink.slice(1)}" ${box}><path d="M0 0 8 4 0 8z" fill="${ink}"/></marker>`;
}

function line(row: Row, trail: Trail): string {
  const spots = trail.stations.map(({ spot }) => at(spot));
  if (spots.length < 2) return '';
  const ink = inkOf(trail.basin);
  const faint = trail.basin === undefined ? 0.25 : 0.85;
  const d = `M${spots.map(({ x, y }) => `${short(x)} ${short(y)}`).join('L')}`;
  const dots = spots.slice(1, -1).map(({ x, y }) => {
    return `<circle cx="${short(x)}" cy="${short(y)}" r="2.2" fill="${ink}"/>`;
  });
  const title = escaped(`${row.circuit.name}, ${trail.probe}: ${endName(trail)}`);
  const head = `marker-end="url(#to-${ink.slice(1)})"`;
  const path = `<path fill="none" stroke="${ink}" stroke-width="1.5" ${head} d="${d}"/>`;
  return `<g opacity="${faint}"><title>${title}</title>${path}${dots.join('')}</g>`;
}

/** The probes are the same in every row, so each is drawn once. */
function probes([first]: readonly Row[]): readonly string[] {
  return (first?.trails ?? []).flatMap(({ probe, stations }) => {
    const begin = stations[0];
    if (begin === undefined) return [];
    const { x, y } = at(begin.spot);
    const right = x > MAP.width - 160;
    const place = `x="${short(right ? x - 9 : x + 9)}" y="${short(y - 7)}"`;
    return [
      `<rect x="${short(x - 4.5)}" y="${short(y - 4.5)}" width="9" height="9" class="mark"/>`,
      `<text ${place} text-anchor="${right ? 'end' : 'start'}">${escaped(probe)}</text>`,
    ];
  });
}

/** One disc for each phase of a basin; those that would cover another or a probe are moved. */
function places([first]: readonly Row[], trails: readonly Trail[]): readonly string[] {
  const taken = (first?.trails ?? []).flatMap(({ stations }) => {
    return stations[0] === undefined ? [] : [at(stations[0].spot)];
  });
  const known = new Set<string>();
  return trails.flatMap((trail) => {
    const { basin, place, stations } = trail;
    if (basin === undefined || place === undefined || known.has(basin)) return [];
    known.add(basin);
    const phases = place.laps.map((lap) => {
      return at((stations[lap] ?? stations.at(-1)!).spot);
    });
    return phases.map((spot) => {
      const free = clear(spot, taken);
      taken.push(free);
      const lead = `M${short(spot.x)} ${short(spot.y)}L${short(free.x)} ${short(free.y)}`;
      const ink = inkOf(basin);
      return `<path d="${lead}" stroke="${ink}" stroke-width="1"/>${badge(basin, free.x, free.y)}`;
    });
  });
}

const ROOM = 26;

/** The nearest place below that no disc has taken. */
function clear(
  spot: { readonly x: number; readonly y: number },
  taken: readonly { readonly x: number; readonly y: number }[],
): { x: number; y: number } {
  let [x, y] = [spot.x, spot.y + 4];
  while (taken.some((one) => Math.hypot(one.x - x, one.y - y) < ROOM)) {
    y += ROOM;
    if (y > MAP.height - 20) [x, y] = [x + (x > MAP.width / 2 ? -ROOM : ROOM), spot.y];
  }
  return { x, y };
}
