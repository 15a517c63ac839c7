import { type Instance, render } from 'ink';
import { App } from './app.js';
import { Attachment } from './attach/attachment.js';
import { ownerOf } from './attach/owner.js';
import { takeSeat } from './attach/terminal-seat.js';
import { wayInto } from './attach/way-in.js';
import { WALL_CLOCK } from './clock.js';
import { Desk } from './desk.js';
import { THEMES, type ThemeName } from './look/theme.js';
import type { ProgramArguments } from './program-arguments.js';
import { ScreenStream } from './terminal/screen-stream.js';

/** Shows what an engine tells until `q`, the end of the owner or, beside an engine, of the run. */
export function show(args: ProgramArguments): void {
  const seat = takeSeat(args.owner);
  const screen = new ScreenStream(process.stdout);
  const quit = (): void => {
    attachment.close();
    app.unmount();
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
    hear: (record) => desk.hear(record),
    changed: (presence) => {
      desk.stand(presence);
      if (presence.word === 'ENDED' && args.owner) quit();
    },
  });
  const app = opened(desk, screen, args);
}

function opened(desk: Desk, screen: ScreenStream, args: ProgramArguments): Instance {
  return render(
    <App
      frame={() => desk.frame()}
      onKey={args.viewOnly ? undefined : (key) => desk.press(key)}
      onChange={(draw) => changesOf(desk, screen, draw)}
    />,
    {
      // Whole frames, unthrottled, to a stream that writes what changed.
      debug: true,
      stdout: screen as unknown as NodeJS.WriteStream,
      exitOnCtrlC: false,
      patchConsole: false,
    },
  );
}

function changesOf(desk: Desk, screen: ScreenStream, draw: () => void): () => void {
  const stop = desk.start(draw);
  screen.on('resize', draw);
  return () => {
    stop();
    screen.off('resize', draw);
  };
}

function themeNamed(name: string | undefined): ThemeName | undefined {
  return Object.keys(THEMES).find((one): one is ThemeName => one === name);
}
