import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../archive/index.js';
import { openIndex, openRun, readRunRecord } from '../../archive/index.js';
import { UserError, toSeconds } from '../../core/index.js';
import type { Summary } from '../../swarm/index.js';

/**
 * `finished` with a summary, `playing` on this machine, `torn` when it ended without one,
 * `damaged` when it cannot be read.
 */
export type RunState = 'finished' | 'playing' | 'torn' | 'damaged';

/** A run as a list shows it. */
export interface RunCard {
  readonly run: string;
  readonly title: string;
  readonly folder: string;
  readonly startedAt: string;
  readonly state: RunState;
  /** What is wrong with a damaged one. */
  readonly trouble?: string;
  /** Logical length. */
  readonly seconds?: number;
  readonly laps?: number;
  readonly envelopes?: number;
  readonly bytes: number;
  readonly exact: boolean;
  /** Such as `fork of rybg2jey`. */
  readonly origin?: string;
}

/** A run's card; `live` are the ids of runs that play on this machine now. */
export async function cardOf(folder: string, live: ReadonlySet<string>): Promise<RunCard> {
  const record = readRunRecord(folder);
  const { run, title, startedAt, exact, origin } = record;
  const from = origin === undefined ? {} : { origin: `${origin.how} of ${origin.run}` };
  const base = { run, title, folder, startedAt, exact, bytes: bytesUnder(folder), ...from };
  const summary = summaryOf(folder);
  if (summary !== undefined) return { ...base, state: 'finished', ...figuresOf(summary) };
  try {
    return {
      ...base,
      state: live.has(run) ? 'playing' : 'torn',
      ...(await counted(folder, record)),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...base, state: 'damaged', trouble: error.message };
  }
}

type Figures = Pick<RunCard, 'seconds' | 'laps' | 'envelopes'>;

function figuresOf({ logicalSeconds, laps, agents }: Summary): Figures {
  const envelopes = agents.reduce((sum, { emitted }) => sum + emitted, 0);
  return { seconds: logicalSeconds, laps: laps.max, envelopes };
}

/** What a run without a summary amounts to, from its index. */
async function counted(folder: string, { sampleRate }: RunRecord): Promise<Figures> {
  const index = await openIndex(openRun(folder));
  try {
    const { family } = index;
    let laps = 0;
    for (let n = 0; n < family.size; n++) laps = Math.max(laps, family.lap(n));
    const last = family.size === 0 ? 0 : family.time(family.size - 1);
    return { seconds: toSeconds(last, sampleRate), laps, envelopes: family.size };
  } finally {
    index.close();
  }
}

/** The summary that a finished run left; undefined when there is none. */
export function summaryOf(folder: string): Summary | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as Summary;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError({ what: 'summary.json is damaged', where: folder, cause: error });
  }
}

/** Bytes of every file under a folder; links are not followed. */
export function bytesUnder(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesUnder(path) : lstatSync(path).size);
  }, 0);
}

/** Bytes as people read them: `512 B`, `3.4 MB`. */
export function sizeLabel(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
