import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { BUILT_IN_KINDS } from '../agents/index.js';
import type { AnyAgentKind } from '../agents/index.js';
import { UserError } from '../core/index.js';
import type { Limits, Problem } from '../core/index.js';
import { checkTopology } from '../topologies/index.js';
import { policyOf } from './archive-section.js';
import type { Kept } from './kept.js';
import { readDraft } from './read-draft.js';
import { groundOf } from './project.js';
import type { Ground } from './project.js';
import type { Draft } from './reading.js';
import type { Scenario } from './scenario.js';
import { placed } from './source.js';
import type { PlacedProblem } from './source.js';
import { supervisionOf } from './supervision-section.js';

/** What the caller decides; whatever is given here wins over the file. */
export interface LoadOptions {
  readonly seed?: number;
  /**
   * The seed of a scenario that names none. Without it, such a scenario has the problem `no-seed`.
   */
  readonly seedOtherwise?: number;
  /** The folder that runs are looked for in; the usual ones unless given. */
  readonly registry?: string;
  readonly overrides?: {
    readonly clock?: 'virtual' | 'real';
    readonly durationSeconds?: number;
    readonly limits?: Partial<Limits>;
  };
  /** The kinds that need no file; the built-in ones unless given. */
  readonly kinds?: ReadonlyMap<string, AnyAgentKind>;
  /** Texts that are read in place of files, for a scenario that is set up again. */
  readonly kept?: Kept;
  /** The runs that certain roles must have, by the role's full name: these are not drawn. */
  readonly pinned?: ReadonlyMap<string, string>;
}

/** A sound scenario, or every problem of the file and of those nested in it, each in its place. */
export type Loaded =
  | { readonly ok: true; readonly value: Scenario }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

/**
 * Reads a scenario file and checks everything before anything starts. Throws a UserError only when
 * there is no such file; all that is wrong inside it comes back as problems, for `report` to show.
 */
export async function loadScenario(file: string, options: LoadOptions = {}): Promise<Loaded> {
  const { seedOtherwise = 0, kept, pinned } = options;
  const path = kept?.texts.has(resolve(file)) === true ? resolve(file) : existing(file);
  const ground = groundWith(path, kept);
  const sources = new Map<string, string>();
  const draft = await readDraft(path, {
    ground,
    sources,
    ...(kept === undefined ? {} : { kept }),
    ...(pinned === undefined ? {} : { pinned }),
    kinds: options.kinds ?? BUILT_IN_KINDS,
    within: '',
    chanceWithin: '',
    chain: [path],
    budget: { agents: 0, links: 0 },
    outer: undefined,
    ...(options.registry === undefined ? {} : { registry: options.registry }),
    seedOf: (written) => options.seed ?? written ?? seedOtherwise,
  });
  const missing = seedProblem(draft, options);
  const problems = distinct([...draft.problems, ...placedIn(draft, missing)]);
  if (problems.length > 0) return { ok: false, problems };
  return finished({ path, ground, sources }, draft, options);
}

interface Read {
  readonly path: string;
  readonly ground: Ground;
  readonly sources: ReadonlyMap<string, string>;
}

function groundWith(path: string, kept: Kept | undefined): Ground {
  if (kept === undefined) return groundOf(path);
  return { folder: dirname(path), root: kept.root, kept: new Set(kept.texts.keys()) };
}

function finished(read: Read, draft: Draft, options: LoadOptions): Loaded {
  const { path, ground, sources } = read;
  const members = draft.cast.map(({ id, kind }) => ({
    id,
    inputs: kind.inputs,
    outputs: kind.outputs,
  }));
  const topology = checkTopology(members, draft.links);
  if (!topology.ok) return { ok: false, problems: placedIn(draft, topology.problems) };
  const { head } = draft;
  const {
    clock = head.clock,
    durationSeconds = head.duration,
    limits = {},
  } = options.overrides ?? {};
  const scenario: Scenario = {
    title: head.title ?? basename(path, extname(path)),
    file: path,
    text: draft.source?.text ?? '',
    folder: ground.folder,
    root: ground.root,
    sources: Object.freeze([...sources].map(([path, text]) => ({ path, text }))),
    seed: options.seed ?? head.seed ?? options.seedOtherwise ?? 0,
    clock,
    durationSeconds,
    sampleRate: head.sampleRate,
    limits: Object.freeze({ ...head.limits, ...limits }),
    archive: policyOf(head.archive),
    schedule: Object.freeze({ zone: head.schedule.zone, quiet: head.schedule.quiet }),
    supervision: supervisionOf(head.supervision),
    cast: Object.freeze(draft.cast.map((casting) => Object.freeze(casting))),
    topology: topology.value,
  };
  return { ok: true, value: Object.freeze(scenario) };
}

/** A file nested twice has its problems once. */
function distinct(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  const key = ({ file, line, column, code, says }: PlacedProblem): string =>
    [file, line, column, code, says].join(' ');
  return [...new Map(problems.map((problem) => [key(problem), problem])).values()];
}

function placedIn({ source }: Draft, problems: readonly Problem[]): readonly PlacedProblem[] {
  return source === undefined ? [] : placed(source, problems);
}

function seedProblem({ head }: Draft, { seed, seedOtherwise }: LoadOptions): readonly Problem[] {
  if (head.seed !== undefined || seed !== undefined || seedOtherwise !== undefined) return [];
  return [
    {
      code: 'no-seed',
      at: [],
      says: 'this scenario names no seed, and none was given',
      expected: 'a whole number',
      try: 'add a line seed: 7, or pass --seed 7',
    },
  ];
}

function existing(file: string): string {
  const path = resolve(file);
  if (existsSync(path) && statSync(path).isFile()) return realpathSync(path);
  throw new UserError({
    what: existsSync(path) ? 'this is a folder, not a scenario' : 'there is no such scenario',
    where: file,
    hint: 'give the path of a .yaml file, such as scenarios/babel.yaml',
  });
}
