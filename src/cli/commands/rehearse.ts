import { type Command, InvalidArgumentError } from 'commander';
import { rehearsalText, rehearseScenario } from '../../testing/index.js';
import { Stop } from '../exit-code.js';
import { mainScenario, openScenario } from '../open-scenario.js';
import { duration, wholeNumber } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';

interface RehearseFlags {
  readonly days: number;
  readonly seed: number;
  readonly silence: number;
  readonly mishaps: boolean;
  readonly json?: true;
  readonly registry?: string;
}

/** `demiurge rehearse [scenario]`: weeks in minutes, with light stand-ins and seeded mishaps. */
export function declareRehearse(command: Command): Command {
  return command
    .argument('[scenario]', 'a scenario file (default: the main one)')
    .option('--days <count>', 'how many days are played', someDays, 28)
    .option('--seed <number>', 'where all mishaps come from', wholeNumber(0), 1)
    .option('--silence <time>', 'the longest silence that is allowed', duration, 60)
    .option('--no-mishaps', 'let nothing go wrong')
    .option('--json', 'print one JSON document: the certificate')
    .option('--registry <folder>', 'where the runs of models are')
    .action(rehearse);
}

async function rehearse(file: string | undefined, flags: RehearseFlags): Promise<void> {
  const { days, seed, silence, registry, mishaps, json } = flags;
  const where = registry === undefined ? {} : { registry };
  // A piece without a seed of its own takes this one, so that a rehearsal can be had again.
  const scenario = await openScenario(file ?? mainScenario(), { seedOtherwise: seed, ...where });
  quietWarnings();
  const certificate = await rehearseScenario(scenario, {
    days,
    seed,
    silenceSecondsMax: silence,
    ...(mishaps ? {} : { mishaps: {} }),
    onProgress: (played) => complain(`day ${played.toFixed(1)} of ${days}`),
  });
  if (json === true) sayJson(certificate);
  else say(rehearsalText(certificate));
  if (!certificate.passed) throw new Stop(1);
}

/** The archive warns whenever its disk is full, which is what was asked for. */
function quietWarnings(): void {
  process.removeAllListeners('warning');
}

function someDays(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Write a number of days, such as 28 or 0.5.');
}
