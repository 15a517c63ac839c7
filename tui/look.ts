/** How the screen may draw here: its size, its colours, its characters. */
export interface Look {
  readonly columns: number;
  readonly rows: number;
  /** A full and an empty cell of a bar. */
  readonly cells: string;
  readonly accent: { readonly color?: string };
  readonly warning: { readonly color?: string; readonly bold?: boolean };
}

/**
 * The look for a terminal of this size: no colour under NO_COLOR, ASCII where UTF-8 is not
 * promised.
 */
export function lookFor(
  size: { readonly columns: number; readonly rows: number },
  env: Readonly<Record<string, string | undefined>>,
): Look {
  const plain = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  const wide = /utf-?8/i.test(env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? 'utf-8');
  return {
    ...size,
    cells: wide ? '█░' : '#.',
    accent: plain ? {} : { color: 'cyan' },
    warning: plain ? { bold: true } : { color: 'yellow', bold: true },
  };
}
