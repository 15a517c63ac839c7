import { relative, resolve } from 'node:path';
import { SAMPLE_RATE_DEFAULT, toSamples } from '../core/index.js';
import type { AgentId, Fork, PortRef, Problem, Samples } from '../core/index.js';
import type { Link } from '../topologies/index.js';
import type { Face } from './draft.js';
import { findInside } from './project.js';
import type { Draft, Reading } from './reading.js';
import type { Casting } from './scenario.js';
import { nestedEntry } from './schema.js';
import { fit } from './shape-problems.js';
import type { PlacedProblem } from './source.js';

/** Scenarios inside scenarios inside scenarios: deeper ones are refused. */
export const DEPTH_MAX = 8;

/** What stands between the names of a nested agent; allowed in subjects and ids, unlike a dot. */
export const NEST = '/';

/**
 * A nested scenario as an agent: its face, its agents under full names, problems here and in its
 * own file.
 */
export interface Nested {
  readonly face?: Face;
  readonly cast: readonly Casting[];
  readonly problems: readonly Problem[];
  readonly inside: readonly PlacedProblem[];
}

/**
 * Reads the scenario an agent stands for, by the name of each of its universes, of which there is
 * one unless its paths fork; `read` reads any scenario file.
 */
export async function nestAgent(
  id: AgentId,
  entry: unknown,
  reading: Reading,
  read: ReadFile,
): Promise<ReadonlyMap<AgentId, Nested>> {
  const at = ['agents', id];
  const fitted = fit(nestedEntry, entry, at);
  if (!fitted.ok) return new Map([[id, { cast: [], inside: [], problems: fitted.problems }]]);
  const { scenario, 'forking-paths': forking } = fitted.value;
  const found = findInside(reading.ground, scenario);
  const refusal = found.ok ? tooDeep(found.path, reading) : found.problem;
  if (!found.ok || refusal !== undefined) {
    const problem = { ...(refusal as Omit<Problem, 'at'>), at: [...at, 'scenario'] };
    return new Map([[id, { cast: [], inside: [], problems: [problem] }]]);
  }
  const all = new Map<AgentId, Nested>();
  for (const universe of universesOf(id, forking, reading)) {
    all.set(universe.id, await nestOne(universe, found.path, reading, read));
  }
  return all;
}

type ReadFile = (file: string, reading: Reading) => Promise<Draft>;

interface Universe {
  readonly id: AgentId;
  readonly trunk: AgentId;
  /** When it begins to differ; absent where there is only one. */
  readonly at?: Samples;
}

function universesOf(
  id: AgentId,
  forking: { readonly universes: number; readonly at: number } | undefined,
  { outer }: Reading,
): readonly Universe[] {
  if (forking === undefined) return [{ id, trunk: id }];
  const at = toSamples(forking.at, outer?.sampleRate ?? SAMPLE_RATE_DEFAULT);
  return Array.from({ length: forking.universes }, (_, n) => {
    return { id: `${id}-${n + 1}`, trunk: id, at };
  });
}

async function nestOne(
  universe: Universe,
  path: string,
  reading: Reading,
  read: ReadFile,
): Promise<Nested> {
  const { id, trunk } = universe;
  const folder = resolve(path, '..');
  const draft = await read(path, {
    ...reading,
    ground: { ...reading.ground, folder },
    within: `${reading.within}${id}${NEST}`,
    chanceWithin: `${reading.chanceWithin}${trunk}${NEST}`,
    chain: [...reading.chain, path],
  });
  return embedded(universe, draft, { inner: folder, outer: reading.ground.folder });
}

function tooDeep(path: string, { chain }: Reading): Omit<Problem, 'at'> | undefined {
  if (chain.includes(path)) {
    return {
      code: 'nested-in-itself',
      says: 'this scenario is already around itself, so it would never end',
      try: 'nest another file; a loop is made of links, not of files',
    };
  }
  if (chain.length <= DEPTH_MAX) return undefined;
  return {
    code: 'nested-too-deep',
    says: `scenarios are nested more than ${DEPTH_MAX} deep`,
    try: 'unfold some of them into this one',
  };
}

interface Folders {
  readonly inner: string;
  readonly outer: string;
}

function embedded(universe: Universe, draft: Draft, folders: Folders): Nested {
  const { id } = universe;
  const full = (ref: PortRef): PortRef => ({ ...ref, agent: `${id}${NEST}${ref.agent}` });
  const refs = (side: Readonly<Record<string, PortRef>>): Readonly<Record<string, PortRef>> =>
    Object.fromEntries(Object.entries(side).map(([name, ref]) => [name, full(ref)]));
  const cast = draft.cast.map((casting) => {
    const forks = forksOf(casting, universe);
    const placed = { ...moved(casting, folders), id: `${id}${NEST}${casting.id}` };
    return forks.length === 0 ? placed : { ...placed, forks };
  });
  const base = { cast, problems: [], inside: draft.problems };
  if (draft.problems.length > 0) return base;
  const { inputs, outputs } = draft.exposed;
  const links = draft.links.map(
    (link): Link => ({ ...link, from: full(link.from), to: full(link.to) }),
  );
  const member = { id, inputs: inputs.ports, outputs: outputs.ports };
  return {
    ...base,
    face: { member, links, inputs: refs(inputs.refs), outputs: refs(outputs.refs) },
  };
}

/** Every fork around it moves a segment to the right, behind the one of this universe. */
function forksOf({ forks = [] }: Casting, { trunk, at }: Universe): readonly Fork[] {
  const inner = forks.map((fork) => ({ ...fork, depth: fork.depth + 1 }));
  return at === undefined ? inner : [{ depth: 0, trunk, at }, ...inner];
}

/** Paths start from the outermost scenario's folder; an inner one's are led there. */
function moved(casting: Casting, { inner, outer }: Folders): Casting {
  const lead = (value: unknown): unknown =>
    typeof value === 'string' ? relative(outer, resolve(inner, value)) || '.' : value;
  const led = (params: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const paths = (casting.kind.paths ?? []).filter((name) => Object.hasOwn(params, name));
    const values = paths.map((name) => {
      const value = params[name];
      return [name, Array.isArray(value) ? value.map(lead) : lead(value)];
    });
    return { ...params, ...Object.fromEntries(values) };
  };
  const params = led(casting.params as Readonly<Record<string, unknown>>);
  return { ...casting, params, written: led(casting.written) };
}
