import type { Alert } from '../../src/telemetry/index.js';
import { bar } from '../draw/bar.js';
import { boxed } from '../draw/box.js';
import { shortCount } from '../draw/number.js';
import { recent } from '../draw/sparkline.js';
import type { Scale } from '../draw/sparkline.js';
import type { Look } from '../look/look.js';
import type { Sight } from '../sight/sight.js';
import type { PanelView, Size } from './panel.js';
import { wordWithGlyph } from './word.js';

const WORDS: ReadonlySet<Alert['word']> = new Set([
  'RUNAWAY',
  'COLLAPSE',
  'SILENT',
  'STUCK',
  'HOWL',
  'LATE',
]);

interface Meter {
  readonly name: string;
  readonly series: string;
  readonly says: string;
  readonly means: string;
  /** Of a bar; none where a figure has no natural end. */
  readonly share?: number | undefined;
  readonly scale?: Scale;
}

/** How the music lives: how far it has gone, how varied it is, how much of it is new. */
export function lifePanel(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView = {},
): readonly string[] {
  const inner = size.columns - 4;
  const words = wordsOf(sight).map((word) => wordWithGlyph(look, word));
  const meters = metersOf(sight).map((meter) => meterLine(meter, sight, look, inner));
  const lines = [...meters, ...(words.length === 0 ? [] : [words.join('  ')])];
  const box = { title: 'LIFE', focused: view.focused };
  return boxed(
    box,
    lines.map((line) => ` ${line}`),
    look,
    size,
  );
}

function wordsOf({ alerts }: Sight): readonly Alert['word'][] {
  const words = alerts.standing.map(({ word }) => word).filter((word) => WORDS.has(word));
  return [...new Set(words)];
}

function metersOf({ life }: Sight): readonly Meter[] {
  const { drift, variety, freshRatio, noveltyPerHour } = life ?? {};
  const said = (value: number | undefined): string => value?.toFixed(2) ?? '-';
  const share = (value: number | undefined): string =>
    value === undefined ? '-' : `${Math.round(value * 100)} %`;
  const scale = { least: 0, most: 1 };
  return [
    {
      name: 'drift',
      series: 'life drift',
      says: said(drift),
      means: 'spreads from the corpus',
      share: drift === undefined ? undefined : drift / 3,
    },
    {
      name: 'variety',
      series: 'life variety',
      says: said(variety),
      means: '1 as at the start',
      share: variety,
      scale,
    },
    {
      name: 'fresh',
      series: 'life fresh',
      says: share(freshRatio),
      means: 'of what is heard',
      share: freshRatio,
      scale,
    },
    {
      name: 'new',
      series: 'life novelty',
      says: noveltyPerHour === undefined ? '-' : `${shortCount(noveltyPerHour)}/h`,
      means: 'unlike all before',
    },
  ];
}

const METER = 10;
const MEANS = 24;

function meterLine(meter: Meter, sight: Sight, look: Look, width: number): string {
  const { name, says, means, share, series, scale } = meter;
  const dim = (text: string): string => look.paint('dim', text);
  const filled = share === undefined ? ' '.repeat(METER) : bar(share, METER, look.glyphs);
  const told = width >= 60 ? dim(means.padEnd(MEANS)) : '';
  const room = width - 8 - 7 - METER - 3 - (told === '' ? 0 : MEANS + 1);
  const at = { nowMs: sight.nowMs, ...(scale === undefined ? {} : { scale }) };
  const spark = recent(sight.series.get(series), look.glyphs, room, at);
  const head = `${dim(name.padEnd(8))}${says.padStart(6)}  ${look.paint('returns', filled)} `;
  return `${head}${told}${told === '' ? '' : ' '}${look.paint('accent', spark)}`;
}
