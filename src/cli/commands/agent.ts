import type { Command } from 'commander';
import { hashOf } from '../../archive/index.js';
import { openBus, shownAddress } from '../../bus/index.js';
import { UserError, messageOf } from '../../core/index.js';
import { awaitBaton } from '../../swarm/index.js';
import type { BatonBeat } from '../../swarm/index.js';
import { trustOf, withBusOptions } from '../bus-flags.js';
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
  return withBusOptions(command)
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
async function conductorOf(scenario: string, flags: AgentFlags): Promise<BatonBeat> {
  const { bus: place, run } = flags;
  complain(`waiting at ${shownAddress(place)} for a run of this scenario`);
  let refuse = (_error: unknown): void => {};
  const refused = new Promise<never>((_, reject) => (refuse = reject));
  const { bus, stop } = await openBus(place, {
    ...trustOf(flags),
    name: 'demiurge-agent',
    run: run ?? 'waiting',
    onError: (error, subject) => refuse(mayNotListen(subject, error)),
  });
  try {
    const baton = awaitBaton(bus, run === undefined ? { scenario } : { scenario, run }, false);
    return await Promise.race([baton, refused]);
  } finally {
    await stop();
  }
}

function mayNotListen(where: string, cause: unknown): UserError {
  return new UserError({
    what: `the conductor cannot be heard: ${messageOf(cause)}`,
    where,
    hint: '--run, or the key of somebody who plays along',
    cause,
  });
}
