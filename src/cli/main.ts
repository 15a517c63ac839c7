import { Command } from 'commander';
import { DOORS } from './doors.js';
import { exitCodeFor } from './exit-code.js';
import { packageVersion } from './package-folder.js';

/**
 * Runs one command line, such as `['check', 'babel.yaml']`, and resolves to the exit code: 0 when
 * all went well, 2 for what the caller can mend (arguments, scenario, files), 1 for anything else.
 */
export async function main(args: readonly string[]): Promise<number> {
  leaveQuietlyWhenNobodyReads();
  try {
    const program = await programFor(args);
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (thrown) {
    return exitCodeFor(thrown);
  }
}

/** Only the called command's module is loaded: the others are names in a list. */
async function programFor(args: readonly string[]): Promise<Command> {
  const program = new Command('demiurge')
    .description('Recursive neural music: agents that feed each other, wired by a scenario file.')
    .version(packageVersion())
    .exitOverride()
    .showSuggestionAfterError();
  const called = args[0] === 'help' ? args[1] : args[0];
  for (const { name, summary, load } of DOORS) {
    const command = program
      .command(name)
      .summary(summary)
      .description(`${capital(summary)}.`);
    if (name === called) (await load())(command);
  }
  return program;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `demiurge kinds | head -1` is no error. */
function leaveQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
