import { boxed } from '../draw/box.js';
import { shortRate, shortTime } from '../draw/number.js';
import { clip, widthOf } from '../draw/text.js';
import type { StateWord } from '../look/glyphs.js';
import type { Look } from '../look/look.js';
import { linkViews } from '../sight/graph.js';
import type { LinkView } from '../sight/graph.js';
import type { Sight } from '../sight/sight.js';
import { agentWord, loopWord, roleOfWord } from '../sight/word.js';
import { linkName, linksList, lossWords, weightOf } from './links-list.js';
import { canvasLines, drawWire, emptyCanvas, writeText } from './map/canvas.js';
import type { Canvas } from './map/canvas.js';
import { layOutMap } from './map/layout.js';
import type { MapLayout, Wire } from './map/layout.js';
import type { PanelView, Size } from './panel.js';

/** Agents a map is tried for at most; beyond, and where it has no room, links are listed. */
const AGENTS_MAX = 24;
const NAME_MAX = 12;

/** Who feeds whom, with every loop numbered and what flows: drawn where it fits, else listed. */
export function loopMap(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView = {},
): readonly string[] {
  const layout = layoutFor(sight, look, size.columns - 4);
  const fits =
    layout !== undefined && layout.columns <= size.columns - 4 && layout.rows <= size.rows - 2;
  if (!fits || view.filterText !== undefined) return linksList(sight, look, size, view);
  const lines = mapLines(sight, look, layout, view);
  const spare = size.rows - 2 - lines.length;
  const troubles = troublesOf(sight, look).slice(0, Math.max(0, spare));
  const above = Math.floor((spare - troubles.length) / 2);
  const body = [...Array.from({ length: above }, () => ''), ...lines];
  while (body.length < size.rows - 2 - troubles.length) body.push('');
  const { links = [], loops = [] } = sight.scene ?? {};
  const after = look.paint('dim', `${links.length} links, ${loops.length} loops`);
  const title = { title: 'LOOP MAP', after, focused: view.focused };
  return boxed(
    title,
    [...body, ...troubles].map((line) => ` ${line}`),
    look,
    size,
  );
}

/** The columns and rows a map needs with its frame; undefined where links are listed instead. */
export function mapNeeds(sight: Sight, look: Look): Size | undefined {
  const layout = layoutFor(sight, look, 0);
  return layout === undefined ? undefined : { columns: layout.columns + 4, rows: layout.rows + 2 };
}

function layoutFor({ scene }: Sight, look: Look, columns: number): MapLayout | undefined {
  if (scene === undefined || scene.agents.length === 0) return undefined;
  if (scene.agents.length > AGENTS_MAX) return undefined;
  return layOutMap(scene, columns, (id) => nameOf(id, look));
}

function nameOf(id: string, look: Look): string {
  return clip(look.safe(id), NAME_MAX, look.glyphs.more);
}

function mapLines(sight: Sight, look: Look, layout: MapLayout, view: PanelView): readonly string[] {
  const canvas = emptyCanvas(layout.columns, layout.rows);
  const links = linkViews(sight);
  const flowing = layout.wires.map((wire) => ({
    wire,
    links: wire.edge.links.map((index) => links[index] as LinkView),
  }));
  for (const { wire, links: views } of flowing) drawOne(canvas, wire, views, look);
  for (const { wire, links: views } of flowing) label(canvas, wire, wordsFor(sight, views), look);
  for (const [id, place] of layout.agents) {
    agentName(canvas, sight, look, { ...place, id, selected: view.selected === id });
  }
  return canvasLines(canvas, look);
}

function drawOne(canvas: Canvas, wire: Wire, links: readonly LinkView[], look: Look): void {
  const returns = wire.edge.way === 'returns';
  const weight = Math.max(...links.map(weightOf));
  const still = links.every(({ state }) => state?.paused === true);
  const role = still ? 'dim' : returns ? 'returns' : 'feeds';
  const head = Array.from(returns ? look.glyphs.returns : look.glyphs.feeds)[3] as string;
  drawWire(canvas, wire.points, { returns, weight, role }, head);
}

/** What stands in the lane of a returning wire, the longest first, and how it is painted. */
interface Label {
  readonly says: readonly string[];
  readonly word: StateWord;
}

/** Its loops, how they are, its delay, its gain. */
function wordsFor(sight: Sight, links: readonly LinkView[]): Label {
  const loops = [...new Set(links.flatMap((one) => one.loops))];
  if (loops.length === 0) return { says: [], word: 'OK' };
  const [{ state, link } = {}] = links;
  const delay = shortTime(state?.delaySeconds ?? link?.delaySeconds ?? 0);
  const gain = state?.gain ?? link?.gain ?? 1;
  const turning = sight.state?.loops.filter((loop) => loops.includes(loop.number)) ?? [];
  const troubled = turning.map((loop) => loopWord(sight, loop)).find((word) => word !== 'OK');
  const word = state?.paused === true ? 'PAUSED' : (troubled ?? 'OK');
  const number = loops.slice(0, 4).join(' ');
  const mark = word === 'OK' ? '' : `${word} `;
  const named = `${mark}loop ${number}`;
  const says = [`${named}  ${delay}${gain === 1 ? '' : `  gain ${gain}`}`];
  return { says: [...says, `${named}  ${delay}`, `${number}  ${delay}`, number], word };
}

/** Writes as much as there is room for. */
function label(canvas: Canvas, wire: Wire, { says, word }: Label, look: Look): void {
  const room = wire.label;
  if (room === undefined || wire.edge.way !== 'returns' || says.length === 0) return;
  const width = room.to - room.from;
  const mark = word === 'OK' ? '' : `${look.glyphs.states[word]} `;
  const spaced = says.map((one) => ` ${mark}${one} `);
  const text = spaced.find((one) => widthOf(one) <= width) ?? clip(says.at(-1) ?? '', width);
  const x = room.from + Math.max(0, Math.floor((width - text.length) / 2));
  writeText(canvas, { x, y: room.y }, text, word === 'OK' ? 'accent' : roleOfWord(word));
}

interface Named {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly selected: boolean;
}

/** An agent's state and name, and under it how much it says. */
function agentName(canvas: Canvas, sight: Sight, look: Look, { id, x, y, selected }: Named): void {
  const state = sight.state?.agents.find((agent) => agent.id === id);
  const word = state === undefined ? 'WAITING' : agentWord(sight, state);
  writeText(canvas, { x, y }, look.glyphs.states[word], roleOfWord(word));
  const name = ` ${nameOf(id, look)}`;
  writeText(canvas, { x: x + 1, y }, name, selected ? 'selected' : 'text');
  const rate = sight.rates.agents.get(id)?.emitted;
  const said = rate === undefined || rate === 0 ? '' : shortRate(rate);
  writeText(canvas, { x: x + 2, y: y + 1 }, said, 'dim');
}

/** Links that lose something, the worst first, in words. */
function troublesOf(sight: Sight, look: Look): readonly string[] {
  return linkViews(sight)
    .filter(({ state }) => (state?.dropped ?? 0) > 0)
    .toSorted((a, b) => (b.state?.dropped ?? 0) - (a.state?.dropped ?? 0))
    .map((row) => {
      const name = look.paint('dim', look.safe(linkName(row.link)));
      return `${name}  ${look.paint('look', lossWords(row))}`;
    });
}
