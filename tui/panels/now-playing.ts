import type { Sounding } from '../../src/telemetry/index.js';
import { bar, levelShare } from '../draw/bar.js';
import { boxed } from '../draw/box.js';
import { shortTime } from '../draw/number.js';
import { spectrogram } from '../draw/spectrogram.js';
import { clip, pad, widthOf } from '../draw/text.js';
import type { Look } from '../look/look.js';
import { latestOf } from '../sight/ring.js';
import type { Sight } from '../sight/sight.js';
import { lineageLines } from './lineage.js';
import type { PanelView, Size } from './panel.js';

/** Columns of the frequencies beside a spectrogram. */
const AXIS = 5;

/** What sounds: its picture, how loud it is, where it comes from. */
export function nowPlaying(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView = {},
): readonly string[] {
  const sounding = latestOf(sight.soundings);
  const { focused } = view;
  if (sounding === undefined) {
    return boxed({ title: 'NOW PLAYING', focused }, [' nothing has sounded yet'], look, size);
  }
  const age = Math.max(0, (sight.state?.seconds ?? sounding.seconds) - sounding.seconds);
  const title = `NOW PLAYING  ${look.safe(sounding.id)}`;
  const told = [
    `lap ${sounding.lap}`,
    `age ${shortTime(age)}`,
    `${shortTime(sounding.durationSeconds)} long`,
  ];
  while (widthOf([title, ...told].join('  ')) > size.columns - 6) told.pop();
  const after = look.paint('dim', ` ${told.join('  ')}`);
  return boxed({ title, after, focused }, body(sounding, look, size), look, size);
}

function body(sounding: Sounding, look: Look, { columns, rows }: Size): readonly string[] {
  const inner = columns - 4;
  const room = rows - 2;
  const lineageRows = room >= 9 ? 2 : 1;
  const roots = room >= 8 ? rootsLine(sounding, look, inner) : [];
  const meters = room >= 5 ? metersLine(sounding, look, inner) : [];
  const lineage = lineageLines(sounding.lineage, look, { columns: inner, rows: lineageRows });
  const below = [...meters, ...lineage, ...roots];
  const picture = pictureOf(sounding, look, { columns: inner, rows: room - below.length });
  return [...picture, ...below].map((line) => ` ${line}`);
}

/** A spectrogram with its frequencies on the left. */
export function pictureOf(
  sounding: Sounding,
  look: Look,
  { columns, rows }: Size,
): readonly string[] {
  if (rows <= 0) return [];
  const { picture } = sounding;
  const lines = spectrogram(picture, look, { columns: columns - AXIS, rows });
  return lines.map((line, row) => {
    const band = Math.floor(((rows - row - 0.5) * picture.bands) / rows);
    const marked = rows < 4 || row % 2 === 0 || row === rows - 1;
    const hertz = marked ? shortHertz(picture.hertz[band] ?? 0) : '';
    return look.paint('dim', pad(hertz, AXIS - 1, 'start')) + ' ' + line;
  });
}

function shortHertz(hertz: number): string {
  if (hertz < 1000) return hertz.toFixed(0);
  return `${(hertz / 1000).toFixed(hertz < 9950 ? 1 : 0)}k`;
}

function metersLine({ rmsDb, peakDb }: Sounding, look: Look, width: number): readonly string[] {
  const fixed = 'level  -23.1    peak  -23.1 '.length;
  const cells = Math.max(2, Math.floor((width - fixed) / 2));
  const meter = (name: string, db: number): string => {
    const drawn = look.paint(db > -1 ? 'call' : 'sound', bar(levelShare(db), cells, look.glyphs));
    return `${look.paint('dim', name)} ${drawn} ${db.toFixed(1).padStart(5)}`;
  };
  return [`${meter('level', rmsDb)}  ${meter('peak', peakDb)}`];
}

function rootsLine({ roots, ancestors }: Sounding, look: Look, width: number): readonly string[] {
  const shares = roots
    .slice(0, 3)
    .map(({ name, share }) => `${Math.round(share * 100)} % ${look.safe(name)}`);
  const said = `${ancestors} ancestors${shares.length === 0 ? '' : `: ${shares.join(', ')}`}`;
  return [look.paint('dim', clip(said, width, look.glyphs.more))];
}
