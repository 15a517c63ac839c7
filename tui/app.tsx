import { Text, Transform } from 'ink';
import { type ReactElement, useEffect, useState } from 'react';

/** What the app needs of the world: frames to draw. */
export interface AppProps {
  /** The lines of the present frame. */
  readonly frame: () => readonly string[];
  /** Calls back whenever there is something new to draw; returns what ends that. */
  readonly onChange: (draw: () => void) => () => void;
}

/**
 * One text of blanks, whose lines are replaced as they are written: Ink keeps every text it ever
 * measured, so it is given the same one for ever.
 */
export function App({ frame, onChange }: AppProps): ReactElement {
  const [, setCount] = useState(0);
  useEffect(() => onChange(() => setCount((count) => count + 1)), [onChange]);
  const lines = frame();
  return (
    <Transform transform={(_, row) => lines[row] ?? ''}>
      <Text>{blanks(lines.length)}</Text>
    </Transform>
  );
}

/** Lines that are not empty, for an empty one would not be written at all. */
function blanks(rows: number): string {
  return Array.from({ length: rows }, () => ' ').join('\n');
}
