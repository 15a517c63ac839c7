import { resolve } from 'node:path';
import type { CastRun, Context } from '../agents/index.js';
import { SAMPLE_RATE_DEFAULT, UserError, seededRandom } from '../core/index.js';

/** What a context is made of; everything has a default but the params. */
export interface ContextParts<P> {
  readonly params: P;
  /** The agent's name; `self` unless given. */
  readonly self?: string;
  readonly seed?: number;
  /** Which step of the agent it is; chance differs from step to step. */
  readonly step?: number;
  /** Logical time in samples; 0 unless given. */
  readonly now?: number;
  readonly sampleRate?: number;
  /** The run for each role param, by the param's name. */
  readonly runs?: Readonly<Record<string, CastRun>>;
  /** The folder that paths start from; the working folder unless given. */
  readonly folder?: string;
  /** Where the agent may write; the working folder unless given. */
  readonly outputFolder?: string;
}

/** Makes the outside world for one step of one agent, as a swarm would. */
export function makeContext<P>(parts: ContextParts<P>): Context<P> {
  const { params, self = 'self', seed = 1, step = 0, runs = {}, folder = '.' } = parts;
  return {
    self,
    params,
    now: parts.now ?? 0,
    sampleRate: parts.sampleRate ?? SAMPLE_RATE_DEFAULT,
    random: seededRandom(seed, self, String(step)),
    run: (param) => runs[param] ?? noRun(self, param),
    resolve: (path) => resolve(folder, path),
    outputFolder: parts.outputFolder ?? '.',
  };
}

function noRun(self: string, param: string): never {
  throw new UserError({
    what: `no run fills the role \`${param}\``,
    where: self,
    hint: `pass \`runs: { ${param}: … }\` to the rehearsal`,
  });
}
