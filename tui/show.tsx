import { createInterface } from 'node:readline';
import { render } from 'ink';
import { lookFor } from './look.js';
import type { Look } from './look.js';
import { BLANK, withRecord } from './picture.js';
import type { Picture } from './picture.js';
import { parseRecord } from './record.js';
import { Screen } from './screen.js';

const FRAMES_PER_SECOND_MAX = 5;

/**
 * Draws what stdin tells until it ends. Ctrl-C is for the engine, which then drains and closes it.
 * Ink 6.8's incremental rendering lands one row too low in a frame that does not fill the terminal.
 */
export async function show(): Promise<void> {
  process.on('SIGINT', () => {});
  let picture: Picture = BLANK;
  const screen = render(<Screen picture={picture} look={lookHere()} />, {
    incrementalRendering: false,
    maxFps: FRAMES_PER_SECOND_MAX,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  const draw = (): void => screen.rerender(<Screen picture={picture} look={lookHere()} />);
  process.stdout.on('resize', draw);
  for await (const line of createInterface({ input: process.stdin })) {
    const record = parseRecord(line);
    if (record === undefined) continue;
    picture = withRecord(picture, record);
    draw();
  }
  screen.unmount();
}

function lookHere(): Look {
  // Neither is there when stdout is no terminal.
  const { columns, rows } = process.stdout;
  return lookFor({ columns: columns || 80, rows: rows || 24 }, process.env);
}
