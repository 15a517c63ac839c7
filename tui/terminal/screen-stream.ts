import { EventEmitter } from 'node:events';
import { pad } from '../draw/text.js';
import { lineChange } from './line-change.js';

/** What the stream draws on: a terminal. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  readonly writableNeedDrain: boolean;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

const CLEAR = '\u001b[0m\u001b[2J';

/**
 * Where Ink writes whole frames to (its debug mode): only what changed goes on to the terminal, in
 * one write, and nothing while the terminal has not taken the last one.
 * Ink itself would write every line again, and clear the scrollback for a frame as tall as it is.
 */
export class ScreenStream extends EventEmitter {
  readonly #terminal: Terminal;
  #shown: (string | undefined)[] = [];
  #size = '';
  /** Bytes and writes so far, which tests count. */
  readonly counts = { writes: 0, skipped: 0, characters: 0 };

  constructor(terminal: Terminal) {
    super();
    this.#terminal = terminal;
    terminal.on('resize', this.#resized);
  }

  get columns(): number {
    return this.#terminal.columns || 80;
  }

  get rows(): number {
    return this.#terminal.rows || 24;
  }

  get isTTY(): boolean {
    return true;
  }

  /** Takes a frame, its lines parted by newlines. */
  write(frame: string): boolean {
    if (this.#terminal.writableNeedDrain) {
      this.counts.skipped++;
      return true;
    }
    const change = this.#changeTo(frame.split('\n').map((line) => pad(line, this.columns)));
    if (change !== '') this.#put(change);
    return true;
  }

  /** Writes nothing more. */
  close(): void {
    this.#terminal.off('resize', this.#resized);
  }

  #changeTo(lines: readonly string[]): string {
    const size = `${this.columns} ${this.rows}`;
    const fresh = size !== this.#size;
    if (fresh) this.#shown = [];
    this.#size = size;
    const changes = lines
      .slice(0, this.rows)
      .map((line, row) => lineChange(this.#shown[row], line, row));
    const gone = this.#shown
      .slice(lines.length)
      .map((_, i) => `\u001b[${lines.length + i + 1};1H\u001b[2K`);
    this.#shown = [...lines];
    return (fresh ? CLEAR : '') + changes.join('') + gone.join('');
  }

  #put(text: string): void {
    this.counts.writes++;
    this.counts.characters += text.length;
    this.#terminal.write(text);
  }

  readonly #resized = (): void => void this.emit('resize');
}
