import type { BusRights } from '../bus/index.js';
import { type AgentId, UserError } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import { helloSubject, requestSubject } from '../telemetry/index.js';

/** Agents that one process plays, with one connection and so with one key. */
export interface EngineGroup {
  readonly name: string;
  readonly agents: readonly AgentId[];
}

/** Somebody on the bus, and what the scenario makes them need. */
export interface BusUser {
  readonly name: string;
  readonly rights: BusRights;
  /** What they are, in a few words. */
  readonly does: string;
}

/** Who watches, and who may also ask for something to be done. */
const WATCHER = 'watcher';
const CONTROLLER = 'controller';

/**
 * Everybody a scenario needs on a bus, with the least that each must be allowed. The first engine
 * conducts; without groups there is one with all agents, and one user for each agent that is played
 * alone. `run` is a run's id, or `*` for any. Throws a UserError for groups that do not play the
 * scenario exactly once.
 */
export function busUsers(
  scenario: Scenario,
  groups: readonly EngineGroup[],
  run: string,
): readonly BusUser[] {
  const all = scenario.cast.map(({ id }) => id);
  checkGroups(groups, all);
  const alone = all.map((id) => ({ name: `agent-${fileWord(id)}`, agents: [id] }));
  const [first, ...others] = groups;
  return [
    conductor(scenario, first ?? { name: 'engine', agents: all }, run),
    ...(first === undefined ? alone : others).map((group) => follower(scenario, group, run)),
    watcher(run),
    controller(run),
  ];
}

function conductor(scenario: Scenario, group: EngineGroup, run: string): BusUser {
  const { publish, subscribe } = playing(scenario, group.agents, run);
  const rights = {
    publish: [...publish, at(run, 'control', 'baton'), at(run, 'telemetry', '*')],
    subscribe: [...subscribe, helloSubject(run), requestSubject(run)],
    asks: true,
  };
  return { name: group.name, rights, does: `conducts, and plays ${group.agents.join(', ')}` };
}

function follower(scenario: Scenario, group: EngineGroup, run: string): BusUser {
  const { publish, subscribe } = playing(scenario, group.agents, run);
  const rights = { publish, subscribe: [...subscribe, at(run, 'control', 'baton')], asks: true };
  return { name: group.name, rights, does: `follows, and plays ${group.agents.join(', ')}` };
}

/** Its agents' own words, what the links bring them, and large arrays by their hash. */
function playing(
  { topology }: Scenario,
  agents: readonly AgentId[],
  run: string,
): Omit<BusRights, 'asks'> {
  const blobs = at(run, 'blob', '*');
  const heard = topology.links
    .filter(({ to }) => agents.includes(to.agent))
    .map(({ from }) => at(run, 'signal', from.agent, from.port));
  return {
    publish: [...agents.map((agent) => at(run, 'signal', agent, '*')), blobs],
    subscribe: [...new Set(heard), blobs],
  };
}

function watcher(run: string): BusUser {
  const publish = [helloSubject(run)];
  const rights = { publish, subscribe: [at(run, 'telemetry', '>')], asks: false };
  return { name: WATCHER, rights, does: 'watches' };
}

function controller(run: string): BusUser {
  const { rights } = watcher(run);
  const publish = [...rights.publish, requestSubject(run)];
  return { name: CONTROLLER, rights: { ...rights, publish }, does: 'watches, and may steer' };
}

function at(run: string, ...tokens: readonly string[]): string {
  return ['demiurge', run, ...tokens].join('.');
}

/** A nested agent's name, as part of a file's: no name has a dot. */
function fileWord(id: AgentId): string {
  return id.replaceAll('/', '.');
}

function checkGroups(groups: readonly EngineGroup[], all: readonly AgentId[]): void {
  if (groups.length === 0) return;
  const played = groups.flatMap(({ agents }) => agents);
  const taken = [WATCHER, CONTROLLER, ...groups.map(({ name }) => name)];
  refuse('two users would have the name', repeated(taken));
  const strangers = played.filter((agent) => !all.includes(agent));
  refuse('no agent of the scenario is called', strangers);
  refuse('two engines would play', repeated(played));
  const forgotten = all.filter((agent) => !played.includes(agent));
  refuse('no engine plays', forgotten);
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) !== i);
}

function refuse(what: string, names: readonly string[]): void {
  if (names.length === 0) return;
  throw new UserError({
    what: `${what} ${names.join(', ')}`,
    where: '--engine',
    allowed: 'every agent of the scenario once',
  });
}
