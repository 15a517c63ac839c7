import { render } from 'ink';
import { Attachment } from './attach/attachment.js';
import { ownerOf } from './attach/owner.js';
import { takeSeat } from './attach/terminal-seat.js';
import { wayInto } from './attach/way-in.js';
import { WALL_CLOCK } from './clock.js';
import { lookFor } from './look.js';
import type { Look } from './look.js';
import { BLANK, withPresence, withTold } from './picture.js';
import type { Picture } from './picture.js';
import type { ProgramArguments } from './program-arguments.js';
import { Screen } from './screen.js';

const FRAMES_PER_SECOND_MAX = 4;
const CTRL_C = '\u0003';

/**
 * Draws what an engine tells until `q`, the end of the owner or, beside an engine, of the run.
 * Ink 6.8's incremental rendering lands one row too low in a frame that does not fill the terminal.
 */
export function show(args: ProgramArguments): void {
  const seat = takeSeat(args.owner);
  let picture: Picture = BLANK;
  const screen = render(<Screen picture={picture} look={lookHere()} />, {
    incrementalRendering: false,
    maxFps: FRAMES_PER_SECOND_MAX,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  const draw = (next: Picture): void => {
    picture = next;
    screen.rerender(<Screen picture={picture} look={lookHere()} />);
  };
  const quit = (): void => {
    attachment.close();
    screen.unmount();
    seat.leave();
    process.exit(0);
  };
  const attachment = new Attachment({
    ...wayInto(args),
    clock: WALL_CLOCK,
    hear: (record) => draw(withTold(picture, record)),
    changed: (presence) => {
      draw(withPresence(picture, presence));
      if (presence.word === 'ENDED' && args.owner) quit();
    },
  });
  process.stdout.on('resize', () => draw(picture));
  const owner = ownerOf({ asked: quit, died: seat.flee });
  if (!args.viewOnly) listen({ quit, interrupt: args.owner ? owner.interrupt : quit });
}

/** Reads the keys: `q` leaves, Ctrl-C is for whoever is in charge. */
function listen({ quit, interrupt }: { quit: () => void; interrupt: () => void }): void {
  process.stdin.setRawMode(true);
  process.stdin.on('data', (chunk: Buffer) => {
    const keys = chunk.toString();
    if (keys.includes(CTRL_C)) interrupt();
    else if (keys.includes('q')) quit();
  });
}

function lookHere(): Look {
  // Neither is there when stdout is no terminal.
  const { columns, rows } = process.stdout;
  return lookFor({ columns: columns || 80, rows: rows || 24 }, process.env);
}
