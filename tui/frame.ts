import { bare, fit, widthOf } from './draw/text.js';
import type { Look } from './look/look.js';
import { agentPage } from './pages/agent.js';
import { curvesPage } from './pages/curves.js';
import { helpPage } from './pages/help.js';
import { latestMessages } from './pages/latest.js';
import { listRows } from './pages/list.js';
import { loopPage } from './pages/loop.js';
import { messagePage } from './pages/message.js';
import { soundPage } from './pages/sound.js';
import { swarmPage, type SwarmView } from './pages/swarm.js';
import { isTooSmall, SMALLEST, tooSmallPage } from './pages/too-small.js';
import { agentsTable } from './panels/agents-table.js';
import { alerts } from './panels/alerts.js';
import type { PanelView, Size } from './panels/panel.js';
import { statusLine } from './panels/status-line.js';
import type { Sight } from './sight/sight.js';
import { breadcrumb } from './view/copies.js';
import { type Item, itemsOf } from './view/items.js';
import { keysOn } from './view/keys.js';
import { filterKey, placeOf, type View } from './view/view.js';

/** The display's own cost, which it shows. */
export interface Cost {
  readonly framesPerSecond: number;
  readonly frameMs: number;
}

/** Rows that messages below a page take, where the page keeps enough. */
const SPLIT_ROWS = 10;

/** What is drawn: the sight that is shown, what the person did, and the items on the page. */
interface Drawing {
  readonly sight: Sight;
  readonly view: View;
  readonly look: Look;
  readonly items: readonly Item[];
  readonly panel: PanelView;
}

/** The whole screen: exactly as many lines as it has rows, each exactly as wide as it is. */
export function frameOf(
  live: Sight,
  view: View,
  look: Look,
  wallMs: number,
  cost?: Cost,
): readonly string[] {
  const { columns, rows } = look;
  if (isTooSmall(look)) return tooSmallPage(look, look);
  const sight = view.frozen?.sight ?? live;
  const items = itemsOf(view, { shown: sight });
  const panel = panelViewOf(view, items, wallMs, cost);
  const drawing = { sight, view, look, items, panel };
  const footer = bottomLine(sight, view, look);
  if (view.help) {
    const help = helpPage(placeOf(view).page, look, { columns, rows: rows - 1 });
    return look.page([...help, footer]);
  }
  const below = view.split && rows - SPLIT_ROWS >= SMALLEST.rows ? SPLIT_ROWS : 0;
  const page = pageOf(drawing, { columns, rows: rows - below - 1 });
  const split = below === 0 ? [] : latestMessages(sight, look, { columns, rows: below });
  const lines = [...page, ...split];
  return look.page([...(live.connection.word === 'LOST' ? greyed(lines, look) : lines), footer]);
}

/** What was last heard of an engine that is lost, without its colours; the first line says so. */
function greyed([status = '', ...others]: readonly string[], look: Look): readonly string[] {
  return [status, ...others.map((line) => look.paint('dim', bare(line)))];
}

function panelViewOf(
  view: View,
  items: readonly Item[],
  wallMs: number,
  cost: Cost | undefined,
): PanelView {
  const { selected } = placeOf(view);
  const filterText = view.filters[filterKey(placeOf(view))] ?? '';
  return {
    order: items.map(({ id }) => id),
    nowMs: wallMs,
    ...(filterText === '' ? {} : { filterText }),
    ...(selected === undefined ? {} : { selected }),
    ...(view.frozen ? { frozenSinceMs: view.frozen.wallMs } : {}),
    ...cost,
  };
}

function pageOf(drawing: Drawing, size: Size): readonly string[] {
  const { sight, view, look, items, panel } = drawing;
  const { page, subject } = placeOf(view);
  if (page === 'swarm' && !view.full) return firstScreen(drawing, size);
  const status = statusLine(sight, look, { columns: size.columns, rows: 1 }, panel);
  const room = { columns: size.columns, rows: size.rows - 1 };
  if (page === 'swarm' || view.full) return [...status, ...fullList(drawing, room)];
  const drawn = {
    loop: () => loopPage(sight, look, room, { ...panel, number: Number(subject) }),
    agent: () => agentPage(sight, look, room, { ...panel, agent: subject, items }),
    message: () => messagePage(sight, look, room, { ...panel, id: subject, items }),
    curves: () => curvesPage(sight, look, room),
    sound: () => soundPage(sight, look, room, { ...panel, id: subject, items }),
  };
  return [...status, ...drawn[page]()];
}

/** The panels of the first screen, of which the focused one knows what is selected. */
function firstScreen({ sight, view, look, panel }: Drawing, size: Size): readonly string[] {
  const { focus, selected } = placeOf(view);
  const name = ({ agents: 'agents', loops: 'loop', links: 'map', alerts: 'alerts' } as const)[
    focus
  ];
  const loop = focus === 'loops' && selected !== undefined ? { loop: Number(selected) } : {};
  const swarm: SwarmView = { ...panel, panels: { [name]: { ...panel, ...loop, focused: true } } };
  // The page's own last row is for keys, which stand below whatever is split off.
  const whole = { columns: size.columns, rows: size.rows + 1 };
  return swarmPage(sight, look, whole, swarm).slice(0, -1);
}

function fullList({ sight, view, look, items, panel }: Drawing, size: Size): readonly string[] {
  const { page, subject, focus, selected } = placeOf(view);
  const focused = { ...panel, focused: true };
  const agents = page === 'loop' || (page === 'swarm' && focus === 'agents');
  if (agents) return agentsTable(sight, look, size, focused);
  if (page === 'swarm' && focus === 'alerts') return alerts(sight, look, size, focused);
  const title = page === 'swarm' ? focus.toUpperCase() : `${page} ${look.safe(subject)}`;
  return listRows({ title, items, selected }, look, size);
}

/** What is being typed, else the latest answer, else where one is and which keys do something. */
function bottomLine(sight: Sight, view: View, look: Look): string {
  const { columns } = look;
  const { typing } = view;
  if (typing !== undefined) {
    const prompt = {
      filter: '/',
      command: ':',
      confirm: `type ${look.safe(typing.word ?? '')} to let it begin again: `,
    }[typing.what];
    return look.paint('accent', fit(` ${prompt}${look.safe(typing.text)}_`, columns));
  }
  const answer = sight.answers.at(-1);
  const says = view.says === '' && answer ? answer.says : view.says;
  if (says !== '') return look.paint('look', fit(` ${look.safe(says)}`, columns));
  const crumb = ` ${look.safe(breadcrumb(view))}  `;
  const room = columns - widthOf(crumb);
  return look.paint('dim', fit(crumb + keyHints(view, room), columns));
}

/** As many keys as fit, those first that lead furthest. */
function keyHints(view: View, width: number): string {
  const hints = [
    '?',
    'enter',
    'esc',
    'tab',
    '/',
    ':',
    'c',
    'f',
    'e',
    's',
    'y',
    'm',
    'p',
    'R',
    'o',
    'q',
  ];
  const known = keysOn(placeOf(view).page);
  let line = '';
  for (const hint of hints) {
    const key = known.find(({ keys }) => keys.includes(hint));
    const short = SHORT[hint];
    if (key === undefined || short === undefined) continue;
    const next = line === '' ? `${hint} ${short}` : `${line}  ${hint} ${short}`;
    if (next.length > width) break;
    line = next;
  }
  return line;
}

const SHORT: Readonly<Record<string, string>> = {
  '?': 'keys',
  enter: 'open',
  esc: 'back',
  tab: 'next list',
  '/': 'filter',
  ':': 'command',
  c: 'curves',
  f: 'freeze',
  e: 'full',
  s: 'split',
  y: 'copy',
  m: 'mute',
  p: 'pause',
  R: 'restart',
  o: 'sort',
  q: 'quit',
};
