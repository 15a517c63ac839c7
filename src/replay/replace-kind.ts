import { existsSync, realpathSync } from 'node:fs';
import { type AnyAgentKind, BUILT_IN_KINDS } from '../agents/index.js';
import { type AgentId, UserError, messageOf } from '../core/index.js';
import { type Casting, type Scenario, importKind } from '../scenarios/index.js';
import { checkTopology, listed, suggestion } from '../topologies/index.js';

/** Which agents play another kind: its name, or the file of a kind of one's own. */
export type Replacements = Readonly<Record<AgentId, string>>;

/**
 * The scenario with agents that play other kinds, with these kinds' default params. A UserError
 * when an agent or kind is not there, needs params or models it has not got, or lacks a port.
 */
export async function withKinds(scenario: Scenario, replaced: Replacements): Promise<Scenario> {
  if (Object.keys(replaced).length === 0) return scenario;
  let { cast } = scenario;
  for (const [agent, written] of Object.entries(replaced)) {
    const old = cast.find(({ id }) => id === agent);
    if (old === undefined) throw noAgent(agent, scenario);
    const casting = recast(old, await kindNamed(written, scenario));
    cast = cast.map((one) => (one === old ? casting : one));
  }
  const members = cast.map(({ id, kind: { inputs, outputs } }) => ({ id, inputs, outputs }));
  const topology = checkTopology(members, scenario.topology.links);
  if (topology.ok) return Object.freeze({ ...scenario, cast, topology: topology.value });
  const [problem] = topology.problems;
  throw new UserError({
    what: `the links do not fit: ${problem?.says}`,
    ...(problem?.expected === undefined ? {} : { allowed: problem.expected }),
    hint: 'a kind whose ports have the names and signals that the links use',
  });
}

interface Named {
  readonly kind: AnyAgentKind;
  readonly file?: string;
}

async function kindNamed(written: string, { cast }: Scenario): Promise<Named> {
  const builtIn = BUILT_IN_KINDS.get(written);
  if (builtIn !== undefined) return { kind: builtIn };
  const own = cast.find(({ kind }) => kind.kind === written);
  if (own !== undefined) {
    return { kind: own.kind, ...(own.kindFile === undefined ? {} : { file: own.kindFile }) };
  }
  if (existsSync(written)) return kindIn(realpathSync(written));
  const names = [...BUILT_IN_KINDS.keys()];
  const near = suggestion(written, names).didYouMean;
  throw new UserError({
    what: `there is no kind "${written}"`,
    allowed: `${listed(names)}, or the file of a kind`,
    ...(near === undefined ? {} : { hint: near }),
  });
}

async function kindIn(file: string): Promise<Named> {
  try {
    return { kind: await importKind(file), file };
  } catch (cause) {
    throw new UserError({ what: `it holds no kind: ${messageOf(cause)}`, where: file, cause });
  }
}

function recast(old: Casting, { kind, file }: Named): Casting {
  const { kindFile: _, ...rest } = old;
  const params = kind.params.safeParse({});
  if (!params.success) {
    const [issue] = params.error.issues;
    const says = `${issue?.path.join('.')}: ${issue?.message}`;
    throw new UserError({ what: `${kind.kind} cannot do without params (${says})`, where: old.id });
  }
  const roles = Object.entries(kind.roles ?? {}) as [string, { optional?: boolean }][];
  const missing = roles.find(([name, { optional }]) => optional !== true && !(name in old.runs));
  if (missing !== undefined) {
    throw new UserError({ what: `${kind.kind} needs a model (${missing[0]})`, where: old.id });
  }
  return {
    ...rest,
    kind,
    ...(file === undefined ? {} : { kindFile: file }),
    params: params.data,
    written: {},
    runs: Object.fromEntries(
      roles.flatMap(([name]) => (old.runs[name] === undefined ? [] : [[name, old.runs[name]]])),
    ),
    isolation: kind.isolation ?? 'inline',
  };
}

function noAgent(agent: AgentId, { cast }: Scenario): UserError {
  const names = cast.map(({ id }) => id);
  const near = suggestion(agent, names).didYouMean;
  return new UserError({
    what: `there is no agent "${agent}" in this run`,
    allowed: `one of ${listed(names)}`,
    ...(near === undefined ? {} : { hint: near }),
  });
}
