import type { AnyAgentKind, CastRun, RoleParam } from '../agents/index.js';
import { UserError, seededRandom } from '../core/index.js';
import type { AgentId, Problem } from '../core/index.js';
import type { Head } from './schema.js';
import { listed, suggestion } from '../topologies/index.js';

/**
 * Where roles draw from: the runs of a registry (the usual ones unless given), by the scenario's
 * seed.
 */
export interface Drawing {
  readonly seed: number;
  readonly registry?: string;
  /** What stands before the names of a nested scenario's roles. */
  readonly within: string;
  /** The same as chance knows it: universes that fork draw the same runs. */
  readonly chanceWithin: string;
  /**
   * False to only see whether the runs are there, when the scenario is not going to start anyhow.
   */
  readonly load: boolean;
  /** The runs that certain roles must have, by the role's full name. */
  readonly pinned?: ReadonlyMap<string, string>;
}

/** The runs that fill the roles, and what was wrong with the others. */
export interface ReadRoles {
  readonly runs: ReadonlyMap<string, CastRun>;
  readonly problems: readonly Problem[];
}

/** Agents whose params name roles, whether or not all else about them is sound. */
export interface RoleUser {
  readonly id: AgentId;
  readonly kind: AnyAgentKind;
  /** Its params, as parsed if they could be. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** The run for each role param of an agent. */
export function runsOf(
  user: RoleUser,
  runs: ReadonlyMap<string, CastRun>,
): Readonly<Record<string, CastRun>> {
  const filled = uses([user]).flatMap(({ param, role }) => {
    const run = role === undefined ? undefined : runs.get(role);
    return run === undefined ? [] : [[param, run] as const];
  });
  return Object.fromEntries(filled);
}

/** Whether every role an agent names is under `models:` and every one it needs is named. */
export function roleProblems(users: readonly RoleUser[], models: Head['models']): Problem[] {
  return uses(users).flatMap(({ agent, param, role, needs }): Problem[] => {
    if (role === undefined) return needs.optional === true ? [] : [noRole(agent, param, models)];
    return Object.hasOwn(models, role) ? [] : [unknownRole(agent, param, role, models)];
  });
}

/**
 * Finds or draws the run of each role; each draws from chance of its own, so that adding one
 * changes no other.
 */
export async function drawRoles(
  models: Head['models'],
  users: readonly RoleUser[],
  drawing: Drawing,
): Promise<ReadRoles> {
  const runs = new Map<string, CastRun>();
  const problems: Problem[] = [];
  if (Object.keys(models).length === 0) return { runs, problems };
  const shelf = await openShelf(drawing.registry);
  for (const [role, entry] of Object.entries(models)) {
    const families = uses(users).flatMap((use) => (use.role === role ? [use.needs.families] : []));
    const run = drawing.pinned?.get(`${drawing.within}${role}`) ?? entry.run;
    const drawn = await drawRole({ role, ...entry, run, families }, shelf, drawing);
    if ('says' in drawn) problems.push(drawn);
    else runs.set(role, drawn);
  }
  return { runs, problems };
}

/** The runs there are, and what is known of their kinds. */
interface Shelf {
  readonly runs: readonly Omit<CastRun, 'role'>[];
  readonly words: readonly string[];
  readonly isOf: (kind: string, families: readonly string[]) => boolean;
  readonly verify: (id: string) => Promise<unknown>;
}

async function openShelf(registry: string | undefined): Promise<Shelf> {
  const { RUN_KINDS, kindsIn, listRuns, loadRun } = await import('../models/index.js');
  const options = registry === undefined ? {} : { registry };
  const { runs } = await listRuns(options);
  return {
    runs,
    words: RUN_KINDS,
    isOf: (kind, families) => families.flatMap((one) => kindsIn(one)).some((one) => one === kind),
    verify: (id) => loadRun(id, options),
  };
}

interface Wanted {
  readonly role: string;
  readonly run: string;
  readonly kind?: string | undefined;
  /** What each agent that names the role can play. */
  readonly families: readonly (readonly string[])[];
}

async function drawRole(
  wanted: Wanted,
  shelf: Shelf,
  drawing: Drawing,
): Promise<CastRun | Problem> {
  const { role, run, kind, families } = wanted;
  if (kind !== undefined && !shelf.words.includes(kind))
    return unknownFamily(role, kind, shelf.words);
  if (run === 'random' && kind === undefined && families.length === 0) return unasked(role);
  const asked = kind === undefined ? families : [[kind], ...families];
  const fits = shelf.runs.filter((one) => asked.every((list) => shelf.isOf(one.kind, list)));
  const named = shelf.runs.find((one) => one.id === run);
  if (run !== 'random' && named === undefined) return noRun(wanted, shelf.runs);
  if (named !== undefined && !fits.includes(named)) return unfit(wanted, named.kind, asked);
  if (named === undefined && fits.length === 0) return noneToDraw(wanted, asked);
  const random = seededRandom(drawing.seed, 'models', `${drawing.chanceWithin}${role}`);
  const { id, hash, kind: network, trained, folder } = named ?? random.pick(fits);
  if (drawing.load) {
    const broken = await shelf.verify(id).then(
      () => undefined,
      (thrown) => brokenRun(role, thrown),
    );
    if (broken !== undefined) return broken;
  }
  return { role: `${drawing.within}${role}`, id, hash, kind: network, trained, folder };
}

interface Use {
  readonly agent: string;
  readonly param: string;
  readonly role: string | undefined;
  readonly needs: RoleParam;
}

function uses(users: readonly RoleUser[]): readonly Use[] {
  return users.flatMap(({ id, kind, params }) => {
    const roles: Readonly<Record<string, RoleParam>> = kind.roles ?? {};
    return Object.entries(roles).map(([param, needs]) => {
      const role = Object.hasOwn(params, param) ? params[param] : undefined;
      return { agent: id, param, role: typeof role === 'string' ? role : undefined, needs };
    });
  });
}

function noRole(agent: string, param: string, models: Head['models']): Problem {
  const names = Object.keys(models);
  return {
    code: 'missing-role',
    at: ['agents', agent],
    says: `${agent} needs a model: its \`${param}:\` names none`,
    expected: names.length === 0 ? 'a role of models:' : `one of the roles ${listed(names)}`,
    try:
      names[0] === undefined
        ? `add models: { voice: { run: random } } and ${param}: voice`
        : `add ${param}: ${names[0]}`,
  };
}

function unknownRole(agent: string, param: string, role: string, models: Head['models']): Problem {
  const names = Object.keys(models);
  return {
    code: 'unknown-role',
    at: ['agents', agent, param],
    says: `there is no role named \`${role}\` under models:`,
    ...(names.length === 0 ? {} : { expected: listed(names) }),
    ...suggestion(role, names),
    try: `name one of these, or add ${role}: { run: random } under models:`,
  };
}

function unknownFamily(role: string, kind: string, words: readonly string[]): Problem {
  return {
    code: 'unknown-network',
    at: ['models', role, 'kind'],
    says: `\`${kind}\` is no kind of network`,
    expected: listed(words),
    ...suggestion(kind, words),
    try: 'name one of these',
  };
}

function unasked(role: string): Problem {
  return {
    code: 'unknown-network',
    at: ['models', role, 'run'],
    says: `no agent plays ${role}, so nothing says what to draw`,
    expected: 'a kind beside run: random',
    try: 'add kind: una-gan (or another family), or remove the role',
  };
}

function noRun({ role, run }: Wanted, runs: Shelf['runs']): Problem {
  const ids = runs.map((one) => one.id);
  return {
    code: 'missing-run',
    at: ['models', role, 'run'],
    says: `there is no run \`${run}\``,
    expected: ids.length === 0 ? 'a run, but none are there yet' : `random, ${listed(ids)}`,
    ...suggestion(run, [...ids, 'random']),
    try: ids.length === 0 ? 'npm run setup' : 'demiurge models list',
  };
}

function noneToDraw({ role }: Wanted, asked: Wanted['families']): Problem {
  return {
    code: 'missing-run',
    at: ['models', role, 'run'],
    says: `there is no run to draw for ${role}`,
    expected: `a run that is ${said(asked)}`,
    try: 'npm run setup, or see demiurge models list',
  };
}

function unfit({ role, run }: Wanted, kind: string, asked: Wanted['families']): Problem {
  return {
    code: 'wrong-network',
    at: ['models', role, 'run'],
    says: `run ${run} is a ${kind}, which cannot play ${role}`,
    expected: `a run that is ${said(asked)}`,
    try: 'demiurge models list shows the kind of every run',
  };
}

function brokenRun(role: string, thrown: unknown): Problem {
  if (!(thrown instanceof UserError)) throw thrown;
  const { what, where = 'the run', hint = 'import the run again' } = thrown.parts;
  return { code: 'broken-run', at: ['models', role, 'run'], says: `${where}: ${what}`, try: hint };
}

function said(asked: Wanted['families']): string {
  return asked.map((list) => list.join(' or ')).join(', and also ');
}
