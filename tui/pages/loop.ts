import { figure, shortTime } from '../draw/number.js';
import type { Look } from '../look/look.js';
import { loopPanel } from '../panels/loop-panel.js';
import type { PanelView, Size } from '../panels/panel.js';
import { agentsTable } from '../panels/agents-table.js';
import { wordWithGlyph } from '../panels/word.js';
import type { Sight } from '../sight/sight.js';
import { loopWord } from '../sight/word.js';
import { section, stackedRows } from './section.js';

/** One loop: its way round, how loud each turn is, how old its sounds are, and who is in it. */
export function loopPage(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView & { readonly number: number },
): readonly string[] {
  const loop = sight.scene?.loops.find(({ number }) => number === view.number);
  const now = sight.state?.loops.find(({ number }) => number === view.number);
  if (loop === undefined) return section(`loop ${view.number}`, ['not in this run'], look, size);
  const way = loop.links.map((index, i) => {
    const link = sight.scene?.links[index];
    const state = sight.state?.links[index];
    const arrow = link?.way === 'returns' ? '~>' : '->';
    const delay = link?.way === 'returns' ? ` ${shortTime(state?.delaySeconds ?? 0)}` : '';
    const gain = state && state.gain !== 1 ? ` gain ${state.gain}` : '';
    const lost = state && state.dropped > 0 ? `, ${state.dropped} lost` : '';
    return `  ${look.safe(loop.agents[i] ?? '?')} ${arrow}${delay}${gain}${lost}`;
  });
  const facts = [
    ` ${now ? wordWithGlyph(look, loopWord(sight, now)) : ''}  ${now?.turns ?? 0} turns, ` +
      `the latest ${now?.lapSeconds === undefined ? '-' : shortTime(now.lapSeconds)}, ` +
      `${figure(now?.gainDb, 1)} dB a turn`,
    ...way,
    `  ${look.safe(loop.agents[0] ?? '?')}`,
  ];
  return stackedRows(size, [
    [facts.length + 2, (room) => section(`loop ${view.number}`, facts, look, room)],
    [10, (room) => loopPanel(sight, look, room, { ...view, loop: view.number })],
    ['rest', (room) => agentsTable(sight, look, room, view)],
  ]);
}
