import { type Command, InvalidArgumentError, Option } from 'commander';
import { findRun, openRun } from '../../archive/index.js';
import { writeWhole } from '../../core/index.js';
import {
  type Along,
  type BiasCurves,
  type BiasOptions,
  MEASURE_NAMES,
  type MeasureName,
  biasCurves,
  curveTable,
  driftChart,
  driftTable,
} from '../../drift/index.js';
import { duration, names, wholeNumber } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';

interface DriftFlags {
  readonly by: Along;
  readonly measure?: readonly MeasureName[];
  readonly agent?: readonly string[];
  readonly window?: number;
  readonly atLeast?: number;
  readonly json?: true;
  readonly svg?: string;
}

/** `demiurge drift <run> [--by lap|time] [--measure …] [--json] [--svg file] [--window 30s]`. */
export function declareDrift(command: Command): Command {
  return command
    .argument('<run>', 'the folder of a run, or its id in out/')
    .addOption(new Option('--by <axis>', 'along what').choices(['lap', 'time']).default('lap'))
    .option('--measure <names>', 'these alone, point by point, commas between', measures)
    .option('--agent <names>', 'sounds of these agents alone, commas between', names)
    .option('--window <time>', 'of one point along time (default: 30s, 60 points)', duration)
    .option('--at-least <sounds>', 'of one point by lap, laps joined (default: 8)', wholeNumber(1))
    .option('--json', 'print one JSON document')
    .option('--svg <file>', 'draw the curves with their bands')
    .addHelpText('after', HELP)
    .action(drift);
}

const HELP = `
Measures: ${MEASURE_NAMES.slice(0, 5).join(', ')},
${MEASURE_NAMES.slice(5).join(', ')}; docs/drift.md defines them.
Bands hold 95 % of 200 draws of the sounds; a point of fewer than five sounds has none. Features are
computed once and kept in the run's drift-cache.`;

async function drift(written: string, flags: DriftFlags): Promise<void> {
  const run = openRun(findRun(written));
  const curves = await biasCurves(run, optionsOf(flags));
  for (const note of curves.notes) complain(note);
  if (flags.svg !== undefined) await writeWhole(flags.svg, driftChart(curves));
  if (flags.json === true) sayJson(curves);
  else say(textOf(curves, flags));
}

function textOf(curves: BiasCurves, { measure, svg }: DriftFlags): string {
  const points = measure === undefined ? [] : curves.curves.map((one) => curveTable(one, curves));
  const drawn = svg === undefined ? [] : [`drawn in ${svg}`];
  return [driftTable(curves), ...points, ...drawn].join('\n\n');
}

function optionsOf({ by, measure, agent, window, atLeast }: DriftFlags): BiasOptions {
  return {
    along: by,
    ...(measure === undefined ? {} : { measures: measure }),
    ...(agent === undefined ? {} : { agents: agent }),
    ...(window === undefined ? {} : { windowSeconds: window }),
    ...(atLeast === undefined ? {} : { atLeast }),
  };
}

function measures(text: string): readonly MeasureName[] {
  return names(text).map((name) => {
    const found = MEASURE_NAMES.find((one) => one === name);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`Write some of ${MEASURE_NAMES.join(', ')}.`);
  });
}
