import type { AgentId, Problem } from '../core/index.js';
import { AGENTS_MAX, LINKS_MAX, tooManyAgents } from './bulk.js';
import { castAgent } from './casting.js';
import { expose, flatten, known } from './draft.js';
import type { Exposure, Seat } from './draft.js';
import { findKinds } from './kind-files.js';
import type { FoundKinds } from './kind-files.js';
import { nestAgent } from './nest.js';
import { readSource } from './parse.js';
import type { Draft, Reading } from './reading.js';
import { drawRoles, roleProblems, runsOf } from './roles.js';
import type { RoleUser } from './roles.js';
import type { Casting } from './scenario.js';
import { headSchema, NAME_PATTERN, NAME_SAYS } from './schema.js';
import type { Head } from './schema.js';
import { isRecord, readHead } from './sections.js';
import { placed } from './source.js';
import type { PlacedProblem } from './source.js';
import { readLinks, readTopology, tooManyLinks } from './wiring.js';
import type { PlacedLink } from './wiring.js';

/** Reads a scenario file as far as it can be read. */
export async function readDraft(file: string, reading: Reading): Promise<Draft> {
  const parsed = readSource(file, reading.kept?.texts.get(file));
  if (!parsed.ok) return { ...EMPTY, problems: parsed.problems };
  const { source } = parsed;
  reading.sources.set(file, source.text);
  const { head, problems } = readHead(source.data);
  const data = isRecord(source.data) ? source.data : {};
  const inner = { ...reading, outer: reading.outer ?? head };
  const found = await findKinds(reading.kinds, head.use, reading);
  const company = await readAgents(data.agents, found, inner);
  const wires = readWires(data, company.seats, inner);
  const flat = flatten(company.seats, wires.links);
  const exposed = {
    inputs: expose(head.expose.inputs, company.seats, 'inputs'),
    outputs: expose(head.expose.outputs, company.seats, 'outputs'),
  };
  const wrong = [
    ...problems,
    ...(isRecord(source.data) ? [...otherRate(data, reading), ...company.problems] : []),
    ...[found, wires, flat, exposed.inputs, exposed.outputs].flatMap((part) => part.problems),
    ...roleProblems(company.users, head.models),
  ];
  const load = wrong.length + company.inside.length === 0;
  const drawing = { ...reading, seed: reading.seedOf(reading.outer?.seed ?? head.seed), load };
  const roles = await drawRoles(head.models, company.users, drawing);
  const cast = company.cast.map((casting) => withRuns(casting, company.users, roles.runs));
  const all = [...placed(source, [...wrong, ...roles.problems]), ...company.inside];
  return { source, head, cast, links: flat.links, exposed, problems: all };
}

const NOTHING: Exposure = { ports: {}, refs: {}, problems: [] };
const EMPTY: Omit<Draft, 'problems'> = {
  head: headSchema.parse({}),
  cast: [],
  links: [],
  exposed: { inputs: NOTHING, outputs: NOTHING },
};

function withRuns(
  casting: Uncast | Casting,
  users: readonly RoleUser[],
  runs: Parameters<typeof runsOf>[1],
): Casting {
  if ('runs' in casting) return casting;
  const user = users.find(({ id }) => id === casting.id) as RoleUser;
  return { ...casting, runs: runsOf(user, runs) };
}

type Uncast = Omit<Casting, 'runs'>;

/** The agents of a file and of those nested in it. */
interface Company {
  readonly seats: ReadonlyMap<AgentId, Seat>;
  readonly cast: readonly (Uncast | Casting)[];
  readonly users: readonly RoleUser[];
  readonly problems: readonly Problem[];
  readonly inside: readonly PlacedProblem[];
}

async function readAgents(written: unknown, found: FoundKinds, reading: Reading): Promise<Company> {
  const company = {
    seats: new Map<AgentId, Seat>(),
    cast: [] as (Uncast | Casting)[],
    users: [] as RoleUser[],
    problems: [] as Problem[],
    inside: [] as PlacedProblem[],
  };
  const refusal = agentsProblem(written, reading);
  if (refusal !== undefined) return { ...company, problems: [refusal] };
  for (const [id, entry] of Object.entries(written as Record<string, unknown>)) {
    if (!NAME_PATTERN.test(id)) company.problems.push(badName(id));
    else if (RESERVED.has(id)) company.problems.push(reservedName(id));
    if (isRecord(entry) && 'scenario' in entry) {
      for (const [name, nested] of await nestAgent(id, entry, reading, readDraft)) {
        if (company.seats.has(name)) company.problems.push(takenName(name));
        company.seats.set(name, nested.face);
        company.cast.push(...nested.cast);
        company.problems.push(...nested.problems);
        company.inside.push(...nested.inside);
      }
      continue;
    }
    if (company.seats.has(id)) company.problems.push(takenName(id));
    const read = castAgent(id, entry, found.kinds, reading.ground);
    company.seats.set(id, read.member);
    if (read.casting !== undefined) company.cast.push(read.casting);
    if (read.roles !== undefined) company.users.push(read.roles);
    company.problems.push(...read.problems.filter((one) => !excused(one, found)));
  }
  return company;
}

/** An unknown kind may be the very one that a broken file was to bring. */
function excused({ code, didYouMean }: Problem, found: FoundKinds): boolean {
  return code === 'unknown-kind' && didYouMean === undefined && found.problems.length > 0;
}

function agentsProblem(written: unknown, { budget }: Reading): Problem | undefined {
  if (!isRecord(written) || Object.keys(written).length === 0) {
    return {
      code: written === undefined ? 'missing-key' : 'wrong-value',
      at: written === undefined ? [] : ['agents'],
      says: written === undefined ? '`agents:` is missing' : 'agents: holds no agents',
      expected: 'a name and a kind for each agent',
      try: 'write agents: and, below it, a line such as ear: { kind: descriptor }',
    };
  }
  budget.agents += Object.keys(written).length;
  if (budget.agents <= AGENTS_MAX) return undefined;
  return { ...tooManyAgents(budget.agents), at: ['agents'] };
}

/** Names under which the engine itself speaks. */
const RESERVED: ReadonlySet<string> = new Set(['control']);

function reservedName(id: string): Problem {
  return {
    code: 'bad-name',
    at: ['agents', id],
    says: `an agent cannot be named \`${id}\`: the engine speaks under that name`,
    expected: 'a name of its own',
    try: `write ${id}s, or another word`,
  };
}

/** A universe is named after its trunk, and somebody may be called so already. */
function takenName(id: string): Problem {
  return {
    code: 'bad-name',
    at: ['agents', id],
    says: `there are two agents named \`${id}\`, one of them a universe of \`forking-paths\``,
    expected: 'a name of its own',
    try: 'call one of them otherwise',
  };
}

function badName(id: string): Problem {
  return {
    code: 'bad-name',
    at: ['agents', id],
    says: `an agent cannot be named \`${id}\``,
    expected: NAME_SAYS,
    try: 'choose a plain word',
  };
}

interface Wires {
  readonly links: readonly PlacedLink[];
  readonly problems: readonly Problem[];
}

function readWires(
  data: Readonly<Record<string, unknown>>,
  seats: ReadonlyMap<AgentId, Seat>,
  { outer, budget }: Reading,
): Wires {
  const { sampleRate, limits } = outer as Head;
  const setting = { sampleRate, laps: limits.laps };
  const shaped = readTopology(data.topology, known(seats), setting);
  const written = readLinks(data.links, setting);
  const links = [...shaped.links, ...written.links];
  const problems = [...shaped.problems, ...written.problems];
  budget.links += links.length;
  if (budget.links <= LINKS_MAX) return { links, problems };
  return {
    links: [],
    problems: [...problems, tooManyLinks([shaped.links.length > 0 ? 'topology' : 'links'])],
  };
}

function otherRate(data: Readonly<Record<string, unknown>>, { outer }: Reading): Problem[] {
  if (outer === undefined || data.sampleRate === undefined) return [];
  if (data.sampleRate === outer.sampleRate) return [];
  return [
    {
      code: 'other-rate',
      at: ['sampleRate'],
      says: 'the scenario around this one has another sample rate',
      expected: `${outer.sampleRate}`,
      try: 'remove this line: the outermost scenario rules time',
    },
  ];
}
