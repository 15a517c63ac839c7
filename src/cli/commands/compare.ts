import type { Command } from 'commander';
import { findRun, openRun } from '../../archive/index.js';
import { writeWhole } from '../../core/index.js';
import { compareRuns, comparisonText, divergenceChart } from '../../replay/index.js';
import { duration } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';

interface CompareFlags {
  readonly json?: true;
  readonly svg?: string;
  readonly window?: number;
}

/** `demiurge compare <run> <run…>`: where runs part, and how far. */
export function declareCompare(command: Command): Command {
  return command
    .argument('<run>', 'the run that the others are compared with')
    .argument('<others...>', 'other runs, forks or replays: folders, or ids in out/')
    .option('--svg <file>', 'draw the divergence over time')
    .option(
      '--window <time>',
      'length of a stretch of time (default: so that there are 60)',
      duration,
    )
    .option('--json', 'print one JSON document')
    .action(compare);
}

async function compare(
  written: string,
  others: readonly string[],
  { json, svg, window }: CompareFlags,
): Promise<void> {
  const original = openRun(findRun(written));
  const runs = others.map((other) => openRun(findRun(other)));
  const options = window === undefined ? {} : { windowSeconds: window };
  const comparison = await compareRuns(original, runs, options);
  if (svg !== undefined) {
    await writeWhole(svg, divergenceChart(comparison));
    if (json !== true) complain(`drawn: ${svg}`);
  }
  if (json === true) sayJson(comparison);
  else say(comparisonText(comparison));
}
