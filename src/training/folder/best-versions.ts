import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { RunPlace } from './run-place.js';
import { writeSafely } from './safe-file.js';

/** The best version so far of a phase: its held-out figure and the run that keeps it. */
export interface Best {
  readonly phase: string;
  readonly step: number;
  readonly figure: number;
  readonly id: string;
}

/** The best versions up to a step; what was written of later ones is forgotten. */
export async function readBest({ best }: RunPlace, upTo: number): Promise<readonly Best[]> {
  if (!existsSync(best)) return [];
  const all = JSON.parse(await readFile(best, 'utf8')) as readonly Best[];
  return all.filter(({ step }) => step <= upTo);
}

/** Whether a figure is the best of its phase; one that is no number never is. */
export function isBest(all: readonly Best[], phase: string, figure: number): boolean {
  const before = all.find((best) => best.phase === phase);
  return Number.isFinite(figure) && (before === undefined || figure < before.figure);
}

/** Writes the best versions with this one in its phase's place, and returns them. */
export async function writeBest(
  { best: file }: RunPlace,
  all: readonly Best[],
  best: Best,
): Promise<readonly Best[]> {
  const next = [...all.filter(({ phase }) => phase !== best.phase), best];
  await writeSafely(file, `${JSON.stringify(next, null, 1)}\n`);
  return next;
}
