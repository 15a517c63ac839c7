import { Text, Transform, useInput, useStdin } from 'ink';
import { type ReactElement, useEffect, useState } from 'react';

/** What the app needs of the world: frames to draw, and somebody who hears keys. */
export interface AppProps {
  /** The lines of the present frame. */
  readonly frame: () => readonly string[];
  /** Undefined where nobody can press any. */
  readonly onKey: ((key: string) => void) | undefined;
  /** Calls back whenever there is something new to draw; returns what ends that. */
  readonly onChange: (draw: () => void) => () => void;
}

/**
 * One text of blanks, whose lines are replaced as they are written: Ink keeps every text it ever
 * measured, so it is given the same one for ever.
 */
export function App({ frame, onKey, onChange }: AppProps): ReactElement {
  const [, setCount] = useState(0);
  useEffect(() => onChange(() => setCount((count) => count + 1)), [onChange]);
  const { isRawModeSupported } = useStdin();
  const lines = frame();
  return (
    <>
      {isRawModeSupported && onKey ? <Keys onKey={onKey} /> : null}
      <Transform transform={(_, row) => lines[row] ?? ''}>
        <Text>{blanks(lines.length)}</Text>
      </Transform>
    </>
  );
}

function Keys({ onKey }: { onKey: (key: string) => void }): null {
  useInput((input, key) => onKey(nameOf(input, key)));
  return null;
}

const NAMED = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
] as const;

type Pressed = Readonly<Partial<Record<(typeof NAMED)[number][0] | 'ctrl', boolean>>>;

/** A key as the table of keys names it. */
export function nameOf(input: string, key: Pressed): string {
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named !== undefined) return named[1];
  return key.ctrl === true ? `ctrl-${input}` : input;
}

/** Lines that are not empty, for an empty one would not be written at all. */
function blanks(rows: number): string {
  return Array.from({ length: rows }, () => ' ').join('\n');
}
