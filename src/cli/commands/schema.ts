import type { Command } from 'commander';
import { BUILT_IN_KINDS } from '../../agents/index.js';
import { scenarioDocs, scenarioJsonSchema } from '../../scenarios/index.js';
import { say } from '../output.js';
import { writeWhole } from '../../core/index.js';

interface SchemaFlags {
  readonly docs?: true;
  readonly out?: string;
}

/** `demiurge schema [--docs] [--out file]`: what a scenario may hold, for editors or for people. */
export function declareSchema(command: Command): Command {
  return command
    .option('--docs', 'the same as Markdown, for people')
    .option('--out <file>', 'write it to a file')
    .addHelpText('after', HELP)
    .action(schema);
}

const HELP = `
An editor with a YAML language server checks and completes a scenario whose first line is
  # yaml-language-server: $schema=scenario.schema.json`;

async function schema({ docs, out }: SchemaFlags): Promise<void> {
  const text =
    docs === true
      ? scenarioDocs(BUILT_IN_KINDS).trimEnd()
      : JSON.stringify(scenarioJsonSchema(BUILT_IN_KINDS), undefined, 2);
  if (out === undefined) say(text);
  else await writeWhole(out, `${text}\n`);
}
