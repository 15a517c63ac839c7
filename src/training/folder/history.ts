import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { writeSafely } from './safe-file.js';

/** One line of `history.jsonl`: mean losses since the line before, or a held-out figure. */
export interface HistoryLine {
  readonly step: number;
  readonly phase: string;
  readonly losses?: Readonly<Record<string, number>>;
  readonly heldOut?: Readonly<Record<string, number>>;
  /** A version that was kept as a run of its own. */
  readonly kept?: string;
}

/** The history of a training up to a step; what was written of later steps is forgotten. */
export async function readHistory(file: string, upTo: number): Promise<readonly HistoryLine[]> {
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, 'utf8')).split('\n').flatMap(parsed);
  return lines.filter(({ step }) => step <= upTo);
}

// A line that was cut short by the end of the process is no line.
function parsed(text: string): readonly HistoryLine[] {
  try {
    return text === '' ? [] : [JSON.parse(text) as HistoryLine];
  } catch {
    return [];
  }
}

/** Puts the history back to what it was at a checkpoint. */
export async function rewriteHistory(file: string, lines: readonly HistoryLine[]): Promise<void> {
  await writeSafely(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** Adds a line to the history. */
export async function appendHistory(file: string, line: HistoryLine): Promise<void> {
  await appendFile(file, `${JSON.stringify(line)}\n`);
}
