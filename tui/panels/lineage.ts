import type { LineageStep } from '../../src/telemetry/index.js';
import { widthOf } from '../draw/text.js';
import type { Look } from '../look/look.js';

/**
 * A line of descent, the newest first: `violin.12 (lap 7) < grains.40 < seq.9 ~ mel.31 (6) …`;
 * `<` along a feeding link, `~` along a returning one, the lap where it changes, `?` where it is
 * unknown. Cut in whole steps to lines of a width.
 */
export function lineageLines(
  steps: readonly LineageStep[],
  look: Look,
  size: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const pieces = steps.map((step, i) => pieceOf(step, steps[i - 1], look));
  const lines: string[] = [];
  let line = '';
  for (const [i, piece] of pieces.entries()) {
    const last = lines.length === size.rows - 1;
    const tail = last && i < pieces.length - 1 ? 2 : 0;
    if (widthOf(line) + widthOf(piece) + tail <= size.columns) line += piece;
    else if (last) return [...lines, `${line} ${look.paint('dim', look.glyphs.more)}`];
    else {
      lines.push(line);
      line = piece.trimStart();
    }
  }
  return line === '' ? lines : [...lines, line];
}

function pieceOf(step: LineageStep, before: LineageStep | undefined, look: Look): string {
  const { feedsFrom, returnsFrom } = look.glyphs;
  const known = step.agent !== '?' && step.agent !== '';
  const name = look.safe(known ? step.id : '?');
  const file = step.file === undefined ? '' : look.paint('dim', ` ${look.safe(step.file)}`);
  const said = (known ? look.paint('text', name) : look.paint('look', name)) + file;
  if (before === undefined) return said + look.paint('dim', ` (lap ${step.lap})`);
  const [role, sign] =
    step.way === 'returns' ? (['returns', returnsFrom] as const) : (['feeds', feedsFrom] as const);
  const lap = known && step.lap !== before.lap ? look.paint('dim', ` (${step.lap})`) : '';
  return ` ${look.paint(role, sign)} ${said}${lap}`;
}
