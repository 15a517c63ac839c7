import { Attachment } from './attach/attachment.js';
import { ownerOf } from './attach/owner.js';
import { takeSeat } from './attach/terminal-seat.js';
import { wayInto } from './attach/way-in.js';
import { WALL_CLOCK } from './clock.js';
import { Desk } from './desk.js';
import { THEMES, type ThemeName } from './look/theme.js';
import type { ProgramArguments } from './program-arguments.js';
import { Drawing } from './terminal/drawing.js';
import { listen } from './terminal/keyboard.js';
import { ScreenStream } from './terminal/screen-stream.js';

/** How long Ink waits for a first state to be drawn. */
const PATIENCE_MS = 1000;

/** Shows what an engine tells until `q`, the end of the owner or, beside an engine, of the run. */
export function show(args: ProgramArguments): void {
  const seat = takeSeat(args.owner);
  const screen = new ScreenStream(process.stdout);
  const quit = (): void => {
    attachment.close();
    drawing.stop();
    seat.leave();
    process.exit(0);
  };
  const owner = ownerOf({ asked: quit, died: seat.flee });
  const desk = new Desk({
    clock: WALL_CLOCK,
    env: process.env,
    choice: { theme: themeNamed(args.theme), ascii: args.ascii },
    size: () => ({ columns: screen.columns, rows: screen.rows }),
    quit,
    interrupt: args.owner ? owner.interrupt : quit,
    ask: (control) => void attachment.ask(control),
    tell: (codes) => void process.stdout.write(codes),
  });
  const attachment = new Attachment({
    ...wayInto(args),
    clock: WALL_CLOCK,
    hear: (record) => {
      desk.hear(record);
      if (record.type === 'state') drawing.handToInk();
    },
    changed: (presence) => {
      desk.stand(presence);
      if (presence.word === 'ENDED' && args.owner) quit();
    },
  });
  const drawing = new Drawing(desk, screen);
  WALL_CLOCK.after(PATIENCE_MS, () => drawing.handToInk());
  if (!args.viewOnly) listen(process.stdin, (key) => desk.press(key));
}

function themeNamed(name: string | undefined): ThemeName | undefined {
  return Object.keys(THEMES).find((one): one is ThemeName => one === name);
}
