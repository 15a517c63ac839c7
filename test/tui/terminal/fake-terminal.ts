import { EventEmitter } from 'node:events';

// oxlint-disable-next-line no-control-regex -- the codes begin with an escape
const PIECES = /\u001b\[[?0-9;]*[a-zA-Z]|[^\u001b]/gu;
// oxlint-disable-next-line no-control-regex -- the codes begin with an escape
const CODE = /^\u001b\[([?0-9;]*)([a-zA-Z])$/;

/** A grid of characters with their colours that understands what the display writes. */
export class FakeTerminal extends EventEmitter {
  columns: number;
  rows: number;
  writableNeedDrain = false;
  readonly written: string[] = [];
  #grid: string[][];

  constructor(columns: number, rows: number) {
    super();
    [this.columns, this.rows] = [columns, rows];
    this.#grid = blank(columns, rows);
  }

  resize(columns: number, rows: number): void {
    [this.columns, this.rows] = [columns, rows];
    this.#grid = blank(columns, rows);
    this.emit('resize');
  }

  write(text: string): void {
    this.written.push(text);
    let [row, column, colours] = [0, 0, ''];
    for (const piece of text.match(PIECES) ?? []) {
      const [, codes = '', end] = CODE.exec(piece) ?? [];
      if (end === undefined) {
        if (row < this.rows && column < this.columns) this.#put(row, column, piece, colours);
        column++;
      } else if (end === 'H') {
        const [y = 1, x = 1] = codes.split(';').map(Number);
        [row, column] = [y - 1, x - 1];
      } else if (end === 'm') colours = codes === '0' ? '' : withCode(colours, codes);
      else if (end === 'J') this.#grid = blank(this.columns, this.rows);
      else if (end === 'K') this.#grid[row] = blank(this.columns, 1)[0] as string[];
    }
  }

  /** Every cell with the colours it is drawn in. */
  cells(): readonly (readonly string[])[] {
    return this.#grid;
  }

  /** Every line without its colours. */
  text(): readonly string[] {
    return this.#grid.map((row) => row.map((cell) => cell[0]).join(''));
  }

  #put(row: number, column: number, character: string, colours: string): void {
    (this.#grid[row] as string[])[column] = `${character}${colours}`;
  }
}

function blank(columns: number, rows: number): string[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '));
}

/** Bold and colour are set apart: 22 ends the one, 39 the other. */
function withCode(colours: string, code: string): string {
  const codes = new Set(colours.split('+').filter(Boolean));
  if (code === '22') codes.delete('1');
  else if (code === '39') codes.delete('31');
  else codes.add(code);
  return [...codes]
    .toSorted()
    .map((one) => `+${one}`)
    .join('');
}
