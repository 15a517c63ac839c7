import { figure, shortCount, shortDb, shortTime } from '../draw/number.js';
import { listRows } from './list.js';
import type { Look } from '../look/look.js';
import type { PanelView, Size } from '../panels/panel.js';
import { wordWithGlyph } from '../panels/word.js';
import type { Sight } from '../sight/sight.js';
import { agentWord } from '../sight/word.js';
import type { Item } from '../view/items.js';
import { section, stackedRows } from './section.js';

/** One agent: how it is, what it is linked to, and what it said, the newest first. */
export function agentPage(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView & { readonly agent: string; readonly items: readonly Item[] },
): readonly string[] {
  const facts = factsOf(sight, look, view.agent);
  return stackedRows(size, [
    [Math.min(facts.length + 2, 16), (room) => section(look.safe(view.agent), facts, look, room)],
    ['rest', (room) => messages(look, room, view)],
  ]);
}

function factsOf(sight: Sight, look: Look, id: string): readonly string[] {
  const member = sight.scene?.agents.find((one) => one.id === id);
  const now = sight.state?.agents.find((one) => one.id === id);
  if (member === undefined || now === undefined) return [' not in this run'];
  const models = member.models.length === 0 ? '' : `, models ${member.models.join(' ')}`;
  const place = member.isolated ? `process ${now.pid ?? '-'}` : 'inline';
  const rate = sight.rates.agents.get(id)?.emitted ?? 0;
  const pace = now.realTimeFactor;
  return [
    ` ${wordWithGlyph(look, agentWord(sight, now))}  ${look.safe(member.kind)}, ${place}${models}`,
    ` heard ${shortCount(now.received)}  said ${shortCount(now.emitted)} (${rate.toFixed(2)}/s)` +
      `  dropped ${shortCount(now.dropped)}  failed ${now.failures}`,
    ` waiting ${now.inbox}, the oldest ${shortTime(now.oldestSeconds)}` +
      `  a step ${figure(now.p50Ms, 0)} ms, at worst ${figure(now.p95Ms, 0)} ms` +
      (pace === undefined ? '' : `  ${look.glyphs.times}${pace.toFixed(1)} real time`),
    ` began again ${now.restarts} times, ${now.restartsLeft} more allowed` +
      `  level ${shortDb(now.rmsDb)} dB, peak ${shortDb(now.peakDb)} dB`,
    ...linksOf(sight, look, id),
  ];
}

function linksOf({ scene, state }: Sight, look: Look, id: string): readonly string[] {
  const own = (scene?.links ?? []).filter(({ from, to }) => from.agent === id || to.agent === id);
  return own.map(({ index, from, to, way }) => {
    const now = state?.links[index];
    const arrow = way === 'feeds' ? '->' : '~>';
    const [a, b] = [from, to].map((end) => look.safe(`${end.agent}.${end.port}`));
    const delay = way === 'returns' ? `, ${shortTime(now?.delaySeconds ?? 0)} later` : '';
    const gain = now !== undefined && now.gain !== 1 ? `, gain ${now.gain}` : '';
    const lost = now !== undefined && now.dropped > 0 ? `, ${now.dropped} lost` : '';
    const carried = shortCount(now?.delivered ?? 0);
    return ` ${index}: ${a} ${arrow} ${b}  ${carried}${delay}${gain}${lost}`;
  });
}

function messages(
  look: Look,
  size: Size,
  view: PanelView & { readonly items: readonly Item[] },
): readonly string[] {
  return listRows({ title: 'messages', items: view.items, selected: view.selected }, look, size);
}
