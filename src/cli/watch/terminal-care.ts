import { spawn, spawnSync } from 'node:child_process';

const MOUSE_OFF = '\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l';
const PLAIN_INPUT = '\u001b[?2004l\u001b[?1004l';
const SHOW_CURSOR = '\u001b[?25h\u001b[0m';
/** Back to the first screen; where one already is, some terminals move the cursor at this. */
const FIRST_SCREEN = '\u001b[?1049l';
const PATIENCE_MS = 1000;
const SCRIPT = 'stty "$1" <&1; printf %s "$2"';

/** How a program left the terminal: in order as far as it knows, or as when it was killed. */
export type Left = 'tidily' | 'abruptly';

/**
 * Remembers how a terminal was, to bring it back whoever changed it. A small process does so: a
 * terminal that has stopped holds up whoever writes to it.
 */
export class TerminalCare {
  readonly #settings: string;

  constructor() {
    const { stdout } = spawnSync('stty', ['-g'], {
      stdio: [process.stdout.fd, 'pipe', 'ignore'],
      encoding: 'utf8',
    });
    this.#settings = stdout?.trim() || 'sane';
  }

  /** Brings the terminal back; gives up after a second, when it does not answer. */
  restore(left: Left): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    return new Promise((resolve) => {
      const child = spawn('/bin/sh', this.#script(left), {
        stdio: ['ignore', process.stdout.fd, 'ignore'],
        signal: patience,
        killSignal: 'SIGKILL',
      });
      child.once('error', () => resolve()).once('exit', () => resolve());
    });
  }

  /** The same at once, for when this process is about to end. */
  restoreNow(left: Left): void {
    spawnSync('/bin/sh', this.#script(left), {
      stdio: ['ignore', process.stdout.fd, 'ignore'],
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
  }

  #script(left: Left): readonly string[] {
    const screen = left === 'abruptly' ? FIRST_SCREEN : '';
    const codes = MOUSE_OFF + PLAIN_INPUT + screen + SHOW_CURSOR;
    return ['-c', SCRIPT, 'sh', this.#settings, codes];
  }
}
