import type { Command } from 'commander';
import { duration, wholeNumber } from '../option-values.js';
import { columns, say, sayJson } from '../output.js';

/** `demiurge bench descriptors|match …`: a part beside its plain peer, in one run. */
export function declareBench(command: Command): Command {
  command
    .command('descriptors')
    .summary('MFCC-39 beside Meyda')
    .option('--seconds <time>', 'how much sound to describe', duration, 30)
    .option('--json', 'print one JSON document')
    .action(async ({ seconds, json }: DescriptorFlags) => {
      const { benchDescriptors } = await import('../../../bench/descriptors.js');
      tell(benchDescriptors({ seconds }), json);
    });
  command
    .command('match')
    .summary('FAISS beside the exact scan')
    .option('--units <count>', 'units in the index', wholeNumber(1), 20_000)
    .option('--queries <count>', 'queries to answer', wholeNumber(1), 40)
    .option('--json', 'print one JSON document')
    .action(async ({ units, queries, json }: MatchFlags) => {
      const { benchMatch } = await import('../../../bench/match.js');
      tell(await benchMatch({ units, queries }), json);
    });
  return command;
}

interface DescriptorFlags {
  readonly seconds: number;
  readonly json?: true;
}

interface MatchFlags {
  readonly units: number;
  readonly queries: number;
  readonly json?: true;
}

function tell(result: object, json: true | undefined): void {
  if (json === true) sayJson(result);
  else say(columns(rowsOf(result)));
}

function rowsOf(result: object, prefix = ''): readonly (readonly string[])[] {
  return Object.entries(result).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return rowsOf(value, `${prefix}${name}.`);
    return [[prefix + name, shown(value)]];
  });
}

function shown(value: unknown): string {
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : String(value);
}
