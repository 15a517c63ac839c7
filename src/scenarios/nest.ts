import { relative, resolve } from 'node:path';
import type { AgentId, PortRef, Problem } from '../core/index.js';
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

/** Reads the scenario an agent stands for; `read` reads any scenario file. */
export async function nestAgent(
  id: AgentId,
  entry: unknown,
  reading: Reading,
  read: (file: string, reading: Reading) => Promise<Draft>,
): Promise<Nested> {
  const at = ['agents', id];
  const fitted = fit(nestedEntry, entry, at);
  if (!fitted.ok) return { cast: [], inside: [], problems: fitted.problems };
  const found = findInside(reading.ground, fitted.value.scenario);
  const refusal = found.ok ? tooDeep(found.path, reading) : found.problem;
  if (!found.ok || refusal !== undefined) {
    const problem = { ...(refusal as Omit<Problem, 'at'>), at: [...at, 'scenario'] };
    return { cast: [], inside: [], problems: [problem] };
  }
  const folder = resolve(found.path, '..');
  const draft = await read(found.path, {
    ...reading,
    ground: { ...reading.ground, folder },
    within: `${reading.within}${id}${NEST}`,
    chain: [...reading.chain, found.path],
  });
  return embedded(id, draft, { inner: folder, outer: reading.ground.folder });
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

function embedded(id: AgentId, draft: Draft, folders: Folders): Nested {
  const full = (ref: PortRef): PortRef => ({ ...ref, agent: `${id}${NEST}${ref.agent}` });
  const refs = (side: Readonly<Record<string, PortRef>>): Readonly<Record<string, PortRef>> =>
    Object.fromEntries(Object.entries(side).map(([name, ref]) => [name, full(ref)]));
  const cast = draft.cast.map((casting) => {
    return { ...moved(casting, folders), id: `${id}${NEST}${casting.id}` };
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
