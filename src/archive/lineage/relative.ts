import type { ModelRef, Origin } from '../../core/index.js';
import type { RunIndex } from '../index-db/run-index.js';

/** One envelope among its kin, as drawings and documents name it. */
export interface Relative {
  readonly id: string;
  /** Logical time, in samples. */
  readonly time: number;
  /** How long what it carries lasts, in samples of the run's rate; 0 for what has no length. */
  readonly lengthSamples: number;
  readonly agent: string;
  /** Absent where `run.json` does not say. */
  readonly kind?: string;
  readonly port: string;
  readonly carries: string;
  readonly lap: number;
  /** With the laps at which they were heard; `missing` ones were never said. */
  readonly parents: readonly RelativeParent[];
  readonly models: readonly ModelRef[];
  readonly origins: readonly Origin[];
  /** SHA-256 of its numbers; absent for what has none. */
  readonly hash?: string;
}

/** A parent of a relative. */
export interface RelativeParent {
  readonly id: string;
  readonly lap: number;
  readonly missing: boolean;
}

/** The envelope of a number, in full. */
export function relativeOf(index: RunIndex, n: number): Relative {
  const { family, run } = index;
  const { agent, port, carries } = index.port(n);
  const hash = index.hash(n);
  const kind = run.record.agents?.find(({ id }) => id === agent)?.kind;
  return {
    id: index.id(n),
    time: family.time(n),
    lengthSamples: family.lengthSamples(n),
    agent,
    ...(kind === undefined ? {} : { kind }),
    port,
    carries,
    lap: family.lap(n),
    parents: parentsOf(index, n),
    models: index.models(n),
    origins: index.origins(n),
    ...(hash === undefined ? {} : { hash }),
  };
}

function parentsOf(index: RunIndex, n: number): readonly RelativeParent[] {
  const links = index.family.parents(n);
  const lost = links.some(({ parent }) => parent < 0) ? [...index.missing(n)] : [];
  return links.map(({ parent, lap }) => {
    const missing = parent < 0;
    return { id: missing ? (lost.shift() as string) : index.id(parent), lap, missing };
  });
}
