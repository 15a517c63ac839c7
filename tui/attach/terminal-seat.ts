import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';

const ENTER = '\u001b[?1049h\u001b[?25l';
const MOUSE_OFF = '\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l';
const LEAVE = `${MOUSE_OFF}\u001b[?2004l\u001b[0m\u001b[?1049l\u001b[?25h`;
// From the background, which is only allowed to whoever does not mind being told to stop.
const SANE = "trap '' TTOU; stty sane <&1";
const DEADLY = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;

/** A display's place in a terminal. */
export interface TerminalSeat {
  /** Gives the terminal back as it was, once. */
  leave(): void;
  /**
   * Gives it back to a shell that has taken it already, and ends this process on the spot: one in
   * the background is stopped as soon as it touches the terminal's settings, also at its end.
   */
  flee(): void;
}

/**
 * Takes the terminal's other screen, so that what stood there before stays. Signals give it back
 * and end the process with 128 and their number; of a display `beside` an engine SIGINT does not:
 * the engine gets the same signal, and decides.
 */
export function takeSeat(beside: boolean): TerminalSeat {
  let isTaken = true;
  process.stdout.write(ENTER);
  const leave = (): void => {
    if (!isTaken) return;
    isTaken = false;
    process.stdout.write(LEAVE);
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
  };
  for (const signal of DEADLY) {
    process.on(signal, () => {
      if (beside && signal === 'SIGINT') return;
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
  return {
    leave,
    flee: () => {
      spawnSync('/bin/sh', ['-c', SANE], { stdio: ['ignore', 'inherit', 'ignore'] });
      process.stdout.write(LEAVE);
      process.kill(process.pid, 'SIGKILL');
    },
  };
}
