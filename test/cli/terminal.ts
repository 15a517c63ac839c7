import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../house/source.js';

/** Whether there is a tmux, in which a program believes that it has a terminal. */
export const HAS_TMUX: boolean = spawnSync('tmux', ['-V']).status === 0;

const PATIENCE_MS = 20_000;
let opened = 0;

/** A terminal with a shell in it, of 100 columns and 30 rows. */
export class Terminal {
  readonly #name = `demiurge-test-${process.pid}-${opened++}`;

  constructor(env: Readonly<Record<string, string>>) {
    const set = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    const shell = 'PS1="shell> " exec sh -i';
    const size = ['-x', '100', '-y', '30'];
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, ...set, '-c', ROOT, shell);
  }

  /** Types a line. */
  type(line: string): void {
    this.#tmux('send-keys', '-l', line);
    this.#tmux('send-keys', 'Enter');
  }

  /** Presses keys, by tmux's names: `q`, `C-c`. */
  press(...keys: readonly string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  /** What the screen shows, with `all` what has scrolled away, `coloured` with colour codes. */
  text(all = false, coloured = false): string {
    const options = [...(all ? ['-S', '-'] : []), ...(coloured ? ['-e'] : [])];
    return this.#tmux('capture-pane', '-p', ...options);
  }

  /** Gives it another size. */
  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** `alternate screen, cursor, mouse`: 0,1,0 for a terminal as a shell has it. */
  modes(): string {
    const format = '#{alternate_on},#{cursor_flag},#{mouse_any_flag}';
    return this.#tmux('display-message', '-p', format).trim();
  }

  /** The process ids of all that runs in the terminal, the shell aside: [pid, command line]. */
  processes(): readonly (readonly [number, string])[] {
    const tty = this.#tmux('display-message', '-p', '#{pane_tty}').trim();
    const said = spawnSync('ps', ['-t', tty.replace('/dev/', ''), '-o', 'pid=,args='], {
      encoding: 'utf8',
    }).stdout;
    return said
      .trim()
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
      .flatMap((found) => (found === null ? [] : [[Number(found[1]), found[2] ?? ''] as const]));
  }

  /** The id of the one process whose command line holds this. */
  processOf(part: string): number {
    const found = this.processes().find(([, args]) => args.includes(part));
    if (found === undefined) throw new Error(`no ${part} among ${String(this.processes())}`);
    return found[0];
  }

  /** Waits until this holds, for a while. */
  async until(holds: () => boolean, patienceMs: number = PATIENCE_MS): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(`not so: ${this.modes()}\n${this.text()}`);
      await pause(25);
    }
  }

  /** Waits until the screen shows this. */
  shows(text: string, patienceMs?: number): Promise<void> {
    return this.until(() => this.text().includes(text), patienceMs);
  }

  close(): void {
    spawnSync('tmux', ['-L', this.#name, 'kill-server']);
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-L', this.#name, ...args], { encoding: 'utf8' });
  }
}
