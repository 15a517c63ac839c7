/** One key as terminals send it: a sequence that begins with an escape, or a character. */
// oxlint-disable-next-line no-control-regex -- sequences begin with an escape
const KEY = /\u001b\[[0-9;<?]*[A-Za-z~]|\u001bO[A-Za-z]|[^]/gu;

const NAMES: Readonly<Record<string, string>> = {
  '\u001b[A': 'up',
  '\u001b[B': 'down',
  '\u001b[C': 'right',
  '\u001b[D': 'left',
  '\u001bOA': 'up',
  '\u001bOB': 'down',
  '\u001bOC': 'right',
  '\u001bOD': 'left',
  '\u001b[5~': 'pageup',
  '\u001b[6~': 'pagedown',
  '\u001b': 'esc',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl-c',
};

/** The keys in what a terminal sent at once, named as the table of keys names them. */
export function keysIn(sent: string): readonly string[] {
  const pieces = sent.match(KEY) ?? [];
  return pieces.flatMap((piece) => {
    const named = NAMES[piece];
    if (named !== undefined) return [named];
    // Sequences and controls that mean nothing here.
    return piece.length > 1 || piece < ' ' ? [] : [piece];
  });
}

/** A keyboard: a terminal's input. */
export interface Keyboard {
  setRawMode(on: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (sent: string) => void): unknown;
}

/** Calls back for every key from now on; whoever leaves the terminal also ends its raw mode. */
export function listen(keyboard: Keyboard, press: (key: string) => void): void {
  keyboard.setRawMode(true);
  keyboard.setEncoding('utf8');
  keyboard.on('data', (sent) => {
    for (const key of keysIn(sent)) press(key);
  });
}
