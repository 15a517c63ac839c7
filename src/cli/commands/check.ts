import type { Command } from 'commander';
import { loadScenario, report } from '../../scenarios/index.js';
import type { Loaded } from '../../scenarios/index.js';
import { Stop } from '../exit-code.js';
import { mainScenario } from '../open-scenario.js';
import { complain, say, sayJson } from '../output.js';

interface CheckFlags {
  readonly json?: true;
  readonly registry?: string;
}

/** `demiurge check [scenario…] [--json]`: exits 2 when anything is wrong. */
export function declareCheck(command: Command): Command {
  return command
    .argument('[scenario...]', 'scenario files (default: the main one)')
    .option('--json', 'print one JSON document')
    .option('--registry <folder>', 'where the runs of models are')
    .action(check);
}

async function check(files: readonly string[], flags: CheckFlags): Promise<void> {
  const options = flags.registry === undefined ? {} : { registry: flags.registry };
  const checked: [string, Loaded][] = [];
  for (const file of files.length === 0 ? [mainScenario()] : files) {
    checked.push([file, await loadScenario(file, { seedOtherwise: 0, ...options })]);
  }
  if (flags.json === true) sayJson(checked.map(([file, loaded]) => documentOf(file, loaded)));
  else for (const [file, loaded] of checked) tell(file, loaded);
  if (checked.some(([, { ok }]) => !ok)) throw new Stop(2);
}

function documentOf(file: string, loaded: Loaded): object {
  return { file, ok: loaded.ok, problems: loaded.ok ? [] : loaded.problems };
}

function tell(file: string, loaded: Loaded): void {
  if (!loaded.ok) return complain(report(loaded.problems).trimEnd());
  const { members, links, loops } = loaded.value.topology;
  say(`${file}: sound, ${members.size} agents, ${links.length} links, ${loops.length} loops`);
}
