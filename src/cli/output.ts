/** Writes a line to stdout: what the caller asked for. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes one JSON document to stdout, indented. */
export function sayJson(document: unknown): void {
  say(JSON.stringify(document, undefined, 2));
}

/** Writes a line to stderr: what went wrong, or what goes on beside the answer. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Lines up rows of cells in columns, two spaces apart, the last column ragged. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
