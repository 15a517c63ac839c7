import { figure, shortCount } from '../draw/number.js';
import { clip, fit } from '../draw/text.js';
import type { Look } from '../look/look.js';
import type { Sight } from '../sight/sight.js';
import { loopWord } from '../sight/word.js';
import type { Size } from './panel.js';
import { wordWithGlyph } from './word.js';

/** The recursion in one line where its panels have no room: gains of loops, and how it lives. */
export function recursionLine(
  sight: Sight,
  look: Look,
  { columns, rows }: Size,
): readonly string[] {
  const dim = (text: string): string => look.paint('dim', text);
  const { drift, variety, freshRatio, noveltyPerHour } = sight.life ?? {};
  const fresh = freshRatio === undefined ? '-' : `${Math.round(freshRatio * 100)} %`;
  const novelty = noveltyPerHour === undefined ? '-' : `${shortCount(noveltyPerHour)}/h`;
  const life = [
    `${dim('drift')} ${figure(drift, 2)}`,
    `${dim('variety')} ${figure(variety, 2)}`,
    `${dim('fresh')} ${fresh}`,
    `${dim('new')} ${novelty}`,
  ];
  const loops = (sight.state?.loops ?? []).map((loop) => {
    const word = loopWord(sight, loop);
    const said = word === 'OK' ? '' : ` ${wordWithGlyph(look, word)}`;
    const gain = loop.gainDb === undefined ? '-' : signed(loop.gainDb);
    return { troubled: word !== 'OK', text: `${dim(`loop ${loop.number}`)} ${gain} dB${said}` };
  });
  const order = loops.toSorted((a, b) => Number(b.troubled) - Number(a.troubled));
  const line = ` ${[...life, ...order.map(({ text }) => text)].join('  ')}`;
  const first = fit(clip(line, columns, look.glyphs.more), columns);
  return [first, ...Array.from({ length: rows - 1 }, () => ' '.repeat(columns))];
}

function signed(db: number): string {
  return `${db > 0 ? '+' : ''}${db.toFixed(1)}`;
}
