import { fit, joinColumns } from '../draw/text.js';
import type { Look } from '../look/look.js';
import { agentsTable } from '../panels/agents-table.js';
import { alerts, alertsNeed } from '../panels/alerts.js';
import { lifePanel } from '../panels/life-panel.js';
import { loopMap, mapNeeds } from '../panels/loop-map.js';
import { loopPanel } from '../panels/loop-panel.js';
import { nowPlaying } from '../panels/now-playing.js';
import type { PanelView, Size } from '../panels/panel.js';
import { recursionLine } from '../panels/recursion-line.js';
import { statusLine } from '../panels/status-line.js';
import type { Sight } from '../sight/sight.js';
import { isTooSmall, tooSmallPage } from './too-small.js';

/** What the first screen knows of the person: of the whole, and of each panel. */
export interface SwarmView extends PanelView {
  readonly panels?: Readonly<Partial<Record<SwarmPanel, PanelView>>>;
}

/** The panels of the first screen that can have the focus, in the order of `tab`. */
export const SWARM_PANELS = ['agents', 'map', 'playing', 'loop', 'life', 'alerts'] as const;

/** A panel of the first screen. */
export type SwarmPanel = (typeof SWARM_PANELS)[number];

/** The first screen: everything at a glance, what matters less smaller or left out. */
export function swarmPage(
  sight: Sight,
  look: Look,
  size: Size,
  view: SwarmView = {},
): readonly string[] {
  if (isTooSmall(size)) return tooSmallPage(look, size);
  const { columns } = size;
  const heights = heightsOf(sight, look, size);
  const left = leftColumns(sight, look, columns);
  const of = (name: SwarmPanel): PanelView => view.panels?.[name] ?? {};
  const across = (rows: number): Size => ({ columns, rows });
  const right = (from: number, rows: number): Size => ({ columns: columns - from, rows });
  const top = joinColumns([
    loopMap(sight, look, { columns: left, rows: heights.top }, of('map')),
    nowPlaying(sight, look, right(left, heights.top), of('playing')),
  ]);
  const loops = Math.floor(columns * 0.4);
  const middle =
    heights.middle === 1
      ? recursionLine(sight, look, across(1))
      : joinColumns([
          loopPanel(sight, look, { columns: loops, rows: heights.middle }, of('loop')),
          lifePanel(sight, look, right(loops, heights.middle), of('life')),
        ]);
  return look.page([
    ...statusLine(sight, look, across(1), view),
    ...top,
    ...middle,
    ...agentsTable(sight, look, across(heights.agents), of('agents')),
    ...alerts(sight, look, across(heights.alerts), of('alerts')),
    fit(view.footer ?? '', columns, look.glyphs.more),
  ]);
}

interface Heights {
  readonly top: number;
  readonly middle: number;
  readonly agents: number;
  readonly alerts: number;
}

/** Rows of each band; the status line and the footer take one each. */
function heightsOf(sight: Sight, look: Look, { columns, rows }: Size): Heights {
  const alertsMax = rows >= 36 ? 4 : rows >= 30 ? 2 : 1;
  const warned = 2 + Math.min(alertsMax, alertsNeed(sight, look, columns));
  const middle = rows >= 50 ? 10 : rows >= 36 ? 8 : rows >= 32 ? 7 : 1;
  const rest = rows - 2 - warned - middle;
  const drawn = Math.min(mapNeeds(sight, look)?.rows ?? 12, 14);
  const topLeast = rows >= 36 ? Math.max(12, drawn) : 8;
  const wanted = 3 + (sight.scene?.agents.length ?? 0);
  const agents = Math.max(6, Math.min(wanted, rest - topLeast));
  return { top: rest - agents, middle, agents, alerts: warned };
}

/** Columns of the map: what it needs where that leaves the sound enough, else a good half. */
function leftColumns(sight: Sight, look: Look, columns: number): number {
  const half = Math.floor(columns * 0.55);
  const needed = mapNeeds(sight, look)?.columns;
  return needed === undefined || needed > columns * 0.64 ? half : Math.max(needed, half);
}
