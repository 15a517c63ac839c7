import { clockTime, shortCount, shortDb, timeOfDay } from '../draw/number.js';
import { fit, widthOf } from '../draw/text.js';
import type { StateWord } from '../look/glyphs.js';
import type { Look } from '../look/look.js';
import { latestOf } from '../sight/ring.js';
import type { Sight } from '../sight/sight.js';
import { swarmWord } from '../sight/word.js';
import type { PanelView, Size } from './panel.js';
import { wordWithGlyph } from './word.js';

/** One line: what is played, for how long, how it is, how loud, and whether this is now. */
export function statusLine(
  sight: Sight,
  look: Look,
  { columns, rows }: Size,
  view: PanelView = {},
): readonly string[] {
  const title = look.paint('title', look.safe(sight.scene?.title ?? 'demiurge'));
  const [left, right] = [[title, ...playing(sight, look)], watching(sight, look, view)];
  // What matters least stands last on either side and goes first.
  while (widthOf(left.join('  ')) + widthOf(right.join('  ')) + 4 > columns) {
    if (right.length > 1) right.pop();
    else if (left.length > 1) left.pop();
    else break;
  }
  const [start, end] = [` ${left.join('  ')}`, `${right.join('  ')} `];
  const line = fit(start, columns - widthOf(end), look.glyphs.more) + fit(end, widthOf(end));
  return [fit(line, columns), ...Array.from({ length: rows - 1 }, () => ' '.repeat(columns))];
}

function playing(sight: Sight, look: Look): string[] {
  const { scene, state } = sight;
  if (scene === undefined || state === undefined) return [];
  const end = scene.durationSeconds;
  const up = clockTime(state.seconds) + (end === undefined ? '' : ` / ${clockTime(end)}`);
  const sounding = latestOf(sight.soundings);
  const pace = sight.rates.pace === undefined ? '' : `${look.glyphs.times}${paceOf(sight)}`;
  const dim = (text: string): string => look.paint('dim', text);
  return [
    wordWithGlyph(look, swarmWord(sight)),
    up,
    `${shortDb(sounding?.rmsDb)}${dim(' dB')}`,
    `${dim('peak ')}${shortDb(sounding?.peakDb)}`,
    `${dim('laps ')}${state.lapsMax}`,
    ...(pace === '' ? [] : [pace]),
  ];
}

function paceOf({ rates }: Sight): string {
  const pace = rates.pace ?? 0;
  return pace.toFixed(pace < 10 ? 1 : 0);
}

function watching(sight: Sight, look: Look, view: PanelView): string[] {
  const dim = (text: string): string => look.paint('dim', text);
  const dropped = (sight.state?.dropped ?? 0) + sight.gaps;
  const drops = `${dim('drops ')}${look.paint(dropped > 0 ? 'look' : 'text', shortCount(dropped))}`;
  const cost = view.framesPerSecond === undefined ? '' : `view ${view.framesPerSecond} fps`;
  const ms = view.frameMs === undefined ? '' : ` ${Math.round(view.frameMs)} ms`;
  return [presence(sight, look, view), drops, ...(cost === '' ? [] : [dim(cost + ms)])];
}

function presence(sight: Sight, look: Look, view: PanelView): string {
  const { word, sinceMs } = sight.connection;
  const now = Math.max(sight.nowMs, view.nowMs ?? 0);
  const said = (shown: StateWord, text: string): string => `${wordWithGlyph(look, shown)} ${text}`;
  if (view.frozenSinceMs !== undefined) {
    const age = clockTime((now - view.frozenSinceMs) / 1000);
    return said('FROZEN', `${timeOfDay(view.frozenSinceMs)} ${look.glyphs.dot} ${age} ago`);
  }
  if (word === 'LIVE') return said('LIVE', timeOfDay(now));
  return word === 'WAITING' ? said('WAITING', '') : said(word, `since ${timeOfDay(sinceMs)}`);
}
