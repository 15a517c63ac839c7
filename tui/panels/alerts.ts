import type { Alert } from '../../src/telemetry/index.js';
import { boxed } from '../draw/box.js';
import { clockTime } from '../draw/number.js';
import { wrap } from '../draw/text.js';
import type { Look } from '../look/look.js';
import type { Sight } from '../sight/sight.js';
import type { PanelView, Size } from './panel.js';
import { wordWithGlyph } from './word.js';

/** Characters of a sentence that are looked at. */
const SENTENCE = 1000;

/**
 * What is wrong now, in plain words, with its cause and a thing to try; else what was said last.
 */
export function alerts(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView = {},
): readonly string[] {
  const standing = sight.alerts.standing.toSorted((a, b) => rankOf(a) - rankOf(b));
  const room = size.rows - 2;
  const blocks = standing.map((alert) => blockOf(alert, look, size.columns - 4));
  const lines = standing.length === 0 ? quiet(sight, look) : shownOf(blocks, room);
  const count = standing.length === 0 ? 'none' : String(standing.length);
  const title = { title: 'ALERTS', after: look.paint('dim', count), focused: view.focused };
  const offset = Math.max(0, Math.min(view.offset ?? 0, lines.length - room));
  const shown = lines.slice(offset).map((line) => ` ${line}`);
  const hidden = lines.length > room ? `${lines.length - room} more lines` : '';
  return boxed({ ...title, footer: hidden }, shown, look, size);
}

/** How many lines the alerts take without their frame: one at least. */
export function alertsNeed(sight: Sight, look: Look, columns: number): number {
  const { standing } = sight.alerts;
  const lines = standing.flatMap((alert) => blockOf(alert, look, columns - 4));
  return Math.max(1, lines.length);
}

function rankOf({ level }: Alert): number {
  return level === 'call' ? 0 : 1;
}

/** Every alert's first line before any alert's second where there is no room for all. */
function shownOf(blocks: readonly (readonly string[])[], room: number): readonly string[] {
  const all = blocks.flat();
  if (all.length <= room || blocks.length === 1) return all;
  const spare = Math.max(0, room - blocks.length);
  const [worst = [], ...others] = blocks;
  return [...worst.slice(0, 1 + spare), ...others.map((block) => block[0] ?? '')];
}

function blockOf(alert: Alert, look: Look, width: number): readonly string[] {
  const word = wordWithGlyph(look, alert.word);
  const subject = look.safe(alert.subject);
  const since = `since ${clockTime(alert.since)}`;
  const text = look.safe(`${alert.says} Try: ${alert.try}`, SENTENCE);
  const head = `${word}  ${look.paint('accent', subject)}  ${look.paint('dim', since)}  `;
  const used = alert.word.length + 2 + 2 + subject.length + 2 + since.length + 2;
  const [first = '', ...rest] = wrap(text, Math.max(20, width - used));
  const indent = '  ';
  const more = wrap(rest.join(' '), width - indent.length);
  return [head + first, ...more.map((line) => indent + line)];
}

function quiet({ alerts: { past }, notes }: Sight, look: Look): readonly string[] {
  const last = past.at(-1);
  const was =
    last === undefined
      ? []
      : [`${last.word} of ${look.safe(last.subject)} was over at ${clockTime(last.over ?? 0)}`];
  const said = notes
    .slice(-3)
    .map(({ seconds, says }) => `${clockTime(seconds)} ${look.safe(says)}`);
  return [...was, ...said.toReversed()].map((line) => look.paint('dim', line));
}
