import type { Command } from 'commander';
import { type RunArchive, findRun, openRun } from '../../archive/index.js';
import { writeWhole } from '../../core/index.js';
import { type RunCurve, compareRuns, comparisonText, divergenceChart } from '../../replay/index.js';
import { duration } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';

interface CompareFlags {
  readonly json?: true;
  readonly svg?: string;
  readonly window?: number;
  readonly drift?: true;
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
    .option('--drift', 'set the bias curves of the runs side by side, in --svg and --json')
    .option('--json', 'print one JSON document')
    .action(compare);
}

async function compare(
  written: string,
  others: readonly string[],
  { json, svg, window, drift }: CompareFlags,
): Promise<void> {
  const original = openRun(findRun(written));
  const runs = others.map((other) => openRun(findRun(other)));
  const options = {
    ...(window === undefined ? {} : { windowSeconds: window }),
    ...(drift === true ? { curvesOf } : {}),
  };
  const comparison = await compareRuns(original, runs, options);
  if (svg !== undefined) {
    await writeWhole(svg, divergenceChart(comparison));
    if (json !== true) complain(`drawn: ${svg}`);
  }
  if (json === true) sayJson(comparison);
  else say(comparisonText(comparison));
}

/** The room of curves is loaded only where they are asked for. */
async function curvesOf(run: RunArchive): Promise<readonly RunCurve[]> {
  const { biasCurves } = await import('../../drift/index.js');
  return (await biasCurves(run, { along: 'time' })).curves;
}
