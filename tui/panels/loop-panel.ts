import type { LoopState, SceneLoop } from '../../src/telemetry/index.js';
import { solid } from '../draw/bar.js';
import { boxed } from '../draw/box.js';
import { shortTime } from '../draw/number.js';
import { recent } from '../draw/sparkline.js';
import { pad } from '../draw/text.js';
import type { Look } from '../look/look.js';
import type { Sight } from '../sight/sight.js';
import { loopWord } from '../sight/word.js';
import type { PanelView, Size } from './panel.js';
import { wordWithGlyph } from './word.js';

/** Columns of a list of loops beside the histogram. */
const FIGURES = 34;

/** One loop or all: gain in dB a turn, time of a lap, and how old what circulates is, in laps. */
export function loopPanel(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView = {},
): readonly string[] {
  const loops = sight.scene?.loops ?? [];
  const number = view.loop ?? loudest(sight) ?? loops[0]?.number;
  const shown = sight.state?.loops.find((loop) => loop.number === number);
  const { focused } = view;
  if (shown === undefined) {
    return boxed({ title: 'LOOPS', focused }, [' no loop has turned yet'], look, size);
  }
  const room = size.rows - 2;
  const inner = size.columns - 4;
  const histogram = lapHistogram(shown, look, { columns: inner, rows: Math.max(0, room - 3) });
  const lines = [...figuresOf(sight, look, shown, inner), ...histogram];
  const way = loops.find((loop) => loop.number === number);
  const after = look.paint('dim', way === undefined ? '' : wayOf(way, look));
  const title = `LOOP ${shown.number}`;
  const footer = loops.length > 1 ? `${loops.length} loops` : '';
  return boxed(
    { title, after, footer, focused },
    lines.map((line) => ` ${line}`),
    look,
    size,
  );
}

/** The loop that needs eyes: one with an alert, else the one that gains the most. */
function loudest(sight: Sight): number | undefined {
  const states = sight.state?.loops ?? [];
  const troubled = states.find((loop) => loopWord(sight, loop) !== 'OK');
  const byGain = states.toSorted((a, b) => (b.gainDb ?? -999) - (a.gainDb ?? -999));
  return (troubled ?? byGain[0])?.number;
}

/** The way round a loop, `una > mel ~ una`. */
export function wayOf({ agents }: SceneLoop, look: Look): string {
  return agents.map((agent) => look.safe(agent)).join(` ${look.glyphs.dot} `);
}

function figuresOf(sight: Sight, look: Look, loop: LoopState, width: number): readonly string[] {
  const gain = loop.gainDb;
  const dim = (text: string): string => look.paint('dim', text);
  const word = loopWord(sight, loop);
  const signed = gain === undefined ? '-' : `${gain > 0 ? '+' : ''}${gain.toFixed(1)}`;
  const role = (gain ?? 0) > 0 ? (word === 'RUNAWAY' ? 'call' : 'look') : 'text';
  const lap = loop.lapSeconds === undefined ? '-' : shortTime(loop.lapSeconds);
  const at = { nowMs: sight.nowMs, scale: { least: -6, most: 6 } };
  const spark = recent(sight.series.get(`gain ${loop.number}`), look.glyphs, width - FIGURES, at);
  const rising = loop.risingTurns > 1 ? ` ${loop.risingTurns} louder on end` : '';
  return [
    `${dim('gain')} ${look.paint(role, `${signed} dB / turn`)}  ${wordWithGlyph(look, word)}`,
    `${dim('lap ')} ${lap}  ${dim('turns')} ${loop.turns}${look.paint('look', rising)}  ` +
      look.paint('accent', width > FIGURES ? spark : ''),
    dim('laps of what circulates'),
  ];
}

/** How many sounds of which lap, a bar each; what does not fit is summed up in the last line. */
export function lapHistogram(
  loop: LoopState,
  look: Look,
  { columns, rows }: Size,
): readonly string[] {
  if (loop.laps.length === 0 || rows <= 0) return [];
  const bins = binned(loop.laps, rows);
  const most = Math.max(...bins.map(({ count }) => count));
  const named = Math.max(...bins.map(({ name }) => name.length));
  const width = Math.max(1, columns - named - 6);
  const top = Math.max(...loop.laps.map(([lap]) => lap));
  return bins.map(({ name, count }, i) => {
    const cells = most <= width ? count / Math.max(most, width) : count / most;
    const drawn = look.paint('returns', solid(cells, width, look.glyphs));
    const max = i === bins.length - 1 ? look.paint('dim', `  max ${top}`) : '';
    return `${look.paint('dim', pad(name, named, 'start'))} ${drawn} ${count}${max}`;
  });
}

interface Bin {
  readonly name: string;
  readonly count: number;
}

/** Laps one by one where there is a row for each, else in equal ranges. */
function binned(laps: LoopState['laps'], rows: number): readonly Bin[] {
  if (laps.length <= rows) return laps.map(([lap, count]) => ({ name: String(lap), count }));
  const top = Math.max(...laps.map(([lap]) => lap)) + 1;
  const step = Math.ceil(top / rows);
  return Array.from({ length: Math.ceil(top / step) }, (_, i) => {
    const [from, to] = [i * step, (i + 1) * step];
    const inside = laps.filter(([lap]) => lap >= from && lap < to);
    const count = inside.reduce((sum, [, one]) => sum + one, 0);
    return { name: step === 1 ? String(from) : `${from}-${to - 1}`, count };
  });
}
