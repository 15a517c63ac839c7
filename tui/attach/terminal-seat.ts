import { constants } from 'node:os';

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE =
  '\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[?2004l\u001b[0m\u001b[?1049l\u001b[?25h';
const DEADLY = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;

/**
 * Takes the terminal's other screen, so that what stood there before stays; returns what gives it
 * back, once. Signals give it back too and end the process with 128 and their number; of an `owned`
 * display SIGINT does not: whoever opened it gets the same signal, and decides.
 */
export function takeSeat(owned: boolean): () => void {
  let isTaken = true;
  process.stdout.write(ENTER);
  const leave = (): void => {
    if (!isTaken) return;
    isTaken = false;
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    process.stdout.write(LEAVE);
  };
  for (const signal of DEADLY) {
    process.on(signal, () => {
      if (owned && signal === 'SIGINT') return;
      leave();
      process.exit(128 + constants.signals[signal]);
    });
  }
  process.once('exit', leave);
  process.once('uncaughtException', (error) => {
    leave();
    process.stderr.write(`the dashboard failed: ${error.message}\n`);
    process.exit(1);
  });
  return leave;
}
