import type { Command } from 'commander';
import { hashOf } from '../../archive/index.js';
import { openBus } from '../../bus/index.js';
import { awaitBaton } from '../../swarm/index.js';
import type { BatonBeat } from '../../swarm/index.js';
import { mainScenario, openScenario } from '../open-scenario.js';
import { busPlace, names, runId } from '../option-values.js';
import { complain } from '../output.js';
import { perform } from '../perform.js';
import type { RunFlags } from '../perform.js';

interface AgentFlags extends RunFlags {
  readonly only: readonly string[];
  readonly bus: string;
}

/** `demiurge agent [scenario] --only a,b --bus nats://…`: plays along with a `run` elsewhere. */
export function declareAgent(command: Command): Command {
  return command
    .argument('[scenario]', 'the scenario that is run elsewhere (default: the main one)')
    .requiredOption('--only <agents>', 'the agents to play here', names)
    .requiredOption('--bus <address>', 'where both meet: nats://host:port', busPlace)
    .option('--run <id>', 'the run to join (default: the one that is playing)', runId)
    .option('--out <folder>', 'a new or empty folder (default: out/<run>-<agents>)')
    .option('--no-dashboard', 'plain lines instead of the live display')
    .option('--json', 'print one JSON document: the summary')
    .option('--registry <folder>', 'where the runs of models are')
    .action(agent);
}

async function agent(named: string | undefined, flags: AgentFlags): Promise<void> {
  const file = named ?? mainScenario();
  const registry = flags.registry === undefined ? {} : { registry: flags.registry };
  const heard = await openScenario(file, registry);
  const { run, seed } = await conductorOf(hashOf(heard.text), flags);
  const scenario = await openScenario(file, { ...registry, seed });
  const out = flags.out ?? `out/${run}-${flags.only.join('-')}`;
  await perform(scenario, { ...flags, run, out }, { only: flags.only, follow: true });
}

/** Waits for the beat of whoever conducts this scenario: it names the run and its seed. */
async function conductorOf(scenario: string, { bus: place, run }: AgentFlags): Promise<BatonBeat> {
  complain(`waiting at ${place} for a run of this scenario`);
  const { bus, stop } = await openBus(place, { name: 'demiurge-agent', run: run ?? 'waiting' });
  try {
    return await awaitBaton(bus, run === undefined ? { scenario } : { scenario, run }, false);
  } finally {
    await stop();
  }
}
