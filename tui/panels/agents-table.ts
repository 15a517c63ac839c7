import type { AgentState, Member } from '../../src/telemetry/index.js';
import { bar, levelShare } from '../draw/bar.js';
import { boxed } from '../draw/box.js';
import { shortRate, shortTime } from '../draw/number.js';
import { recent } from '../draw/sparkline.js';
import { rangeOf, table } from '../draw/table.js';
import type { Column } from '../draw/table.js';
import type { Look } from '../look/look.js';
import type { Sight } from '../sight/sight.js';
import { agentWord } from '../sight/word.js';
import type { PanelView, Size } from './panel.js';
import { wordWithGlyph } from './word.js';

/** An agent as its row shows it. */
interface AgentRow {
  readonly member: Member;
  readonly state: AgentState | undefined;
}

/** One row per agent: how it is, what it says, what waits for it, how it computes and sounds. */
export function agentsTable(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView = {},
): readonly string[] {
  const rows = rowsOf(sight, view);
  const inner = { columns: size.columns - 4, rows: size.rows - 2 };
  const keyOf = ({ member }: AgentRow): string => member.id;
  const { selected, offset } = view;
  const drawn = table(columnsOf(sight, look), { rows, keyOf, selected, offset }, look, inner);
  const filter = view.filterText === undefined ? '' : ` /${look.safe(view.filterText)}`;
  const count = look.paint('dim', `${rows.length}${filter}`);
  const title = { title: 'AGENTS', after: count, footer: rangeOf(drawn), focused: view.focused };
  const lines = drawn.lines.map((line) => ` ${line}`);
  return boxed(title, lines, look, size);
}

function rowsOf({ scene, state }: Sight, { order }: PanelView): readonly AgentRow[] {
  const states = new Map(state?.agents.map((agent) => [agent.id, agent]));
  const members = scene?.agents ?? [];
  const known = new Map(members.map((member) => [member.id, member]));
  const shown = order === undefined ? members : order.flatMap((id) => known.get(id) ?? []);
  return shown.map((member) => ({ member, state: states.get(member.id) }));
}

function columnsOf(sight: Sight, look: Look): readonly Column<AgentRow>[] {
  const { glyphs } = look;
  return [
    ...namesOf(sight, look),
    figure('rate/s', 6, 2, ({ id }) => shortRate(sight.rates.agents.get(id)?.emitted ?? 0)),
    figure('inbox', 5, 3, ({ inbox }) => String(inbox)),
    figure('oldest', 6, 5, ({ oldestSeconds: s }) => (s === 0 ? '-' : shortTime(s))),
    figure('p95 ms', 6, 4, ({ p95Ms }) => p95Ms.toFixed(p95Ms < 9.95 ? 1 : 0)),
    figure(`${glyphs.times} rt`, 5, 7, ({ realTimeFactor: x }) => (x ? shortRate(x) : '-')),
    figure('restarts', 14, 8, (state) => restartsOf(state, look)),
    { heading: 'level', width: 16, rank: 9, cell: ({ state }) => levelOf(state, look) },
    lastMinutes(sight, look),
  ];
}

function namesOf(sight: Sight, look: Look): readonly Column<AgentRow>[] {
  const kind = ({ member }: AgentRow): string =>
    look.paint('dim', look.safe(member.kind).slice(0, 11));
  const word = ({ state }: AgentRow): string =>
    state === undefined ? '' : wordWithGlyph(look, agentWord(sight, state));
  return [
    { heading: 'name', width: 9, rank: 0, cell: ({ member }) => look.safe(member.id) },
    { heading: 'kind', width: 11, rank: 6, cell: kind },
    { heading: 'state', width: 10, rank: 1, cell: word },
  ];
}

function lastMinutes(sight: Sight, look: Look): Column<AgentRow> {
  // What flows evenly runs along the middle, so that more and less can both be seen.
  const at = { nowMs: sight.nowMs, scale: { least: 0, headroom: 2 } };
  const cell = ({ member }: AgentRow, width: number): string =>
    look.paint('accent', recent(sight.series.get(`rate ${member.id}`), look.glyphs, width, at));
  return { heading: 'last 10 min', width: 10, rank: 10, grows: true, cell };
}

function figure(heading: string, width: number, rank: number, of: Figure): Column<AgentRow> {
  const cell = ({ state }: AgentRow): string => (state === undefined ? '' : of(state));
  return { heading, width, rank, side: 'start', cell };
}

type Figure = (state: AgentState) => string;

/** Restarts so far, and what is left of the budget, as a bar that empties. */
function restartsOf({ restarts, restartsLeft }: AgentState, look: Look): string {
  const budget = Math.max(restartsLeft, Math.min(8, restarts + restartsLeft));
  const said = `${restarts} of ${restarts + restartsLeft}`;
  const cells = Math.min(6, budget);
  const share = budget === 0 ? 0 : restartsLeft / budget;
  const left = bar(share, cells, look.glyphs);
  return `${said} ${look.paint(restartsLeft <= 1 ? 'call' : 'dim', left)}`;
}

function levelOf(state: AgentState | undefined, look: Look): string {
  if (state?.rmsDb === undefined) return '';
  const meter = look.paint('sound', bar(levelShare(state.rmsDb), 9, look.glyphs));
  return `${meter} ${state.rmsDb.toFixed(1).padStart(6)}`;
}
