import type { AnyAgentKind } from '../agents/index.js';
import type { Link } from '../topologies/index.js';
import type { Exposure } from './draft.js';
import type { Kept } from './kept.js';
import type { Ground } from './project.js';
import type { Casting } from './scenario.js';
import type { Head } from './schema.js';
import type { PlacedProblem, Source } from './source.js';

/** What a file is read with; the budget is one for all nested files together. */
export interface Reading {
  readonly ground: Ground;
  readonly kinds: ReadonlyMap<string, AnyAgentKind>;
  readonly registry?: string;
  /** What is read in place of files, and where every text that was read is noted. */
  readonly kept?: Kept;
  readonly sources: Map<string, string>;
  /** The runs that certain roles must have, by the role's full name. */
  readonly pinned?: ReadonlyMap<string, string>;
  /** What stands before the names of this file's agents and roles: empty, or `outer/`. */
  readonly within: string;
  /** The same as chance knows it: universes that fork draw the same models. */
  readonly chanceWithin: string;
  /** The files around this one, itself last. */
  readonly chain: readonly string[];
  readonly budget: { agents: number; links: number };
  /** The head of the outermost scenario, which rules rate and laps. */
  readonly outer: Head | undefined;
  readonly seedOf: (written: number | undefined) => number;
}

/** One file read and everything nested in it, with whatever is wrong in its place. */
export interface Draft {
  readonly source?: Source;
  readonly head: Head;
  readonly cast: readonly Casting[];
  readonly links: readonly Link[];
  readonly exposed: { readonly inputs: Exposure; readonly outputs: Exposure };
  readonly problems: readonly PlacedProblem[];
}
