import { boxed } from '../draw/box.js';
import { shortCount, shortRate, shortTime } from '../draw/number.js';
import { rangeOf, table } from '../draw/table.js';
import type { Column } from '../draw/table.js';
import { clip, widthOf } from '../draw/text.js';
import type { Look } from '../look/look.js';
import { linkViews } from '../sight/graph.js';
import type { LinkView } from '../sight/graph.js';
import { lossOf } from '../sight/rates.js';
import type { Sight } from '../sight/sight.js';
import type { PanelView, Size } from './panel.js';
import { wordWithGlyph } from './word.js';

/** Every link as a row: its loops, its ends, what flows, how late it is and what it loses. */
export function linksList(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView = {},
): readonly string[] {
  const { selected, offset, order } = view;
  const all = linkViews(sight);
  const asked = new Set(order);
  const rows = order ? all.filter(({ link }) => asked.has(String(link.index))) : all;
  const keyOf = ({ link }: LinkView): string => String(link.index);
  const inner = { columns: size.columns - 4, rows: size.rows - 2 };
  const drawn = table(columnsOf(look), { rows, keyOf, selected, offset }, look, inner);
  const loops = sight.scene?.loops.length ?? 0;
  const after = look.paint('dim', `${all.length} links, ${loops} loops`);
  const title = { title: 'LOOP MAP', after, footer: rangeOf(drawn), focused: view.focused };
  return boxed(
    title,
    drawn.lines.map((line) => ` ${line}`),
    look,
    size,
  );
}

/** A link in words, `mel.audio ~> una.audio`. */
export function linkName({ from, to, way }: LinkView['link']): string {
  const arrow = way === 'feeds' ? '->' : '~>';
  return `${from.agent}.${from.port} ${arrow} ${to.agent}.${to.port}`;
}

/** How thick a link is drawn: little, some, or much flows, in bytes a second of music. */
export function weightOf({ bytes }: LinkView): 0 | 1 | 2 {
  if (bytes < 10_000) return 0;
  return bytes < 1_000_000 ? 1 : 2;
}

/** What a link loses, `10 lost, 10.0 %` or only the share; nothing where nothing is lost. */
export function lossWords({ state }: LinkView, width = 20): string {
  if (state === undefined || state.dropped === 0) return '';
  const { lost, share } = lossOf(state);
  const percent = `${(share * 100).toFixed(1)} %`;
  const both = `${shortCount(lost)} lost, ${percent}`;
  return both.length <= width ? both : percent;
}

/** Loops of a link, `1 3`, no more than there is room for. */
export function loopNumbers(loops: readonly number[], look: Look): string {
  const shown = loops.slice(0, 3).join(' ');
  return loops.length > 3 ? shown + look.glyphs.more : shown;
}

function columnsOf(look: Look): readonly Column<LinkView>[] {
  const start = 'start';
  return [
    { heading: 'loop', width: 5, rank: 1, cell: ({ loops }) => loopNumbers(loops, look) },
    {
      heading: 'link',
      width: 18,
      rank: 0,
      grows: true,
      cell: (row, width) => endsOf(row, look, width),
    },
    {
      heading: 'flow/s',
      width: 6,
      rank: 2,
      side: start,
      cell: ({ delivered }) => shortRate(delivered),
    },
    {
      heading: 'lost',
      width: 8,
      rank: 3,
      grows: true,
      most: 17,
      cell: (row, width) => lostOf(row, look, width),
    },
    {
      heading: 'delay',
      width: 5,
      rank: 4,
      side: start,
      cell: ({ state }) => (state === undefined ? '' : shortTime(state.delayP95Seconds)),
    },
    { heading: 'B/s', width: 6, rank: 5, side: start, cell: ({ bytes }) => shortCount(bytes) },
    { heading: 'gain', width: 5, rank: 6, side: start, cell: (row) => gainOf(row, look) },
  ];
}

function lostOf(row: LinkView, look: Look, width: number): string {
  if (row.state?.paused === true) return wordWithGlyph(look, 'PAUSED');
  return look.paint('look', lossWords(row, width));
}

function gainOf({ state, link }: LinkView, look: Look): string {
  const gain = state?.gain ?? link.gain;
  return gain === 1 ? '' : `${look.glyphs.times}${gain.toFixed(2)}`;
}

/** Both ends with an arrow as thick as what flows. */
function endsOf(row: LinkView, look: Look, width: number): string {
  const { link } = row;
  const role = link.way === 'feeds' ? 'feeds' : 'returns';
  const glyphs = Array.from(look.glyphs[role]);
  const arrow = (glyphs[weightOf(row)] as string).repeat(2) + (glyphs[3] as string);
  const full = (end: typeof link.from): string => look.safe(`${end.agent}.${end.port}`);
  const room = Math.max(2, width - 5);
  const fits = widthOf(full(link.from)) + widthOf(full(link.to)) <= room;
  const ends = [link.from, link.to].map((end) => (fits ? full(end) : look.safe(end.agent)));
  const [from = '', to = ''] = ends;
  const left = Math.max(room - widthOf(to), Math.floor(room / 2));
  return `${clip(from, left, look.glyphs.more)} ${look.paint(role, arrow)} ${to}`;
}
