import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalSum } from '../archive/index.js';
import { IntegratedLoudness, peakDb, readWav, rmsDb, wavInfo } from '../audio/index.js';
import { type AgentId, portName } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import type { Cast } from './cast.js';
import type { Generations } from './generations.js';
import type { Line } from './line.js';
import type { Post } from './post.js';

/** What one agent did. */
export interface AgentSummary {
  readonly id: AgentId;
  readonly kind: string;
  readonly received: number;
  readonly emitted: number;
  readonly dropped: number;
  readonly restarts: number;
  readonly failures: number;
  /** Sounds in which NaN or infinity was faded out. */
  readonly scrubbed: number;
  readonly computeSeconds: number;
}

/** What one link carried: sent = delivered + dropped + inFlight. */
export interface LinkSummary {
  readonly from: string;
  readonly to: string;
  readonly way: 'feeds' | 'returns';
  readonly sent: number;
  readonly delivered: number;
  readonly dropped: number;
  readonly inFlight: number;
  readonly skipped: number;
}

/** One sound file of a run; decibels full scale, −Infinity written as null. */
export interface AudioSummary {
  readonly file: string;
  readonly seconds: number;
  readonly peakDb: number | null;
  readonly rmsDb: number | null;
  /** Integrated loudness (EBU R128); null where nothing passed its gate. */
  readonly lufs: number | null;
}

/** The account of a run, as `summary.json` holds it. */
export interface Summary {
  readonly run: string;
  readonly title: string;
  readonly seed: number;
  readonly reason: 'finished' | 'asked';
  readonly folder: string;
  readonly logicalSeconds: number;
  readonly wallSeconds: number;
  readonly realTimeFactor: number;
  readonly lagSecondsMax: number;
  readonly agents: readonly AgentSummary[];
  readonly laps: { readonly max: number; readonly histogram: Readonly<Record<string, number>> };
  readonly links: readonly LinkSummary[];
  readonly bus: { readonly kind: string; readonly reconnects: number; readonly gaps: number };
  readonly journal: JournalSum;
  readonly audio: readonly AudioSummary[];
  readonly models: readonly {
    readonly role: string;
    readonly run: string;
    readonly hash: string;
    readonly trained: boolean;
  }[];
  /** New versions of models that apprentices offered meanwhile. */
  readonly generations: Generations;
}

/** The agents' accounts, in the order written in the scenario. */
export function agentSummaries(scenario: Scenario, cast: Cast): AgentSummary[] {
  const seats = new Map(cast.seats.map((seat) => [seat.id, seat]));
  return scenario.cast.flatMap(({ id }) => {
    const seat = seats.get(id);
    return seat === undefined ? [] : [{ id, kind: seat.kind, ...seat.counts }];
  });
}

/** The links' accounts, in the order written; what never arrived is in flight. */
export function linkSummaries(lines: readonly Line[]): LinkSummary[] {
  return lines.map(({ link, counts }) => ({
    from: portName(link.from),
    to: portName(link.to),
    way: link.way,
    ...counts,
    inFlight: counts.sent - counts.delivered - counts.dropped,
  }));
}

/** The laps said so far: the highest, and how many envelopes of each. */
export function lapSummary(post: Post): Summary['laps'] {
  const laps = [...post.lapCounts].sort(([a], [b]) => a - b);
  return { max: post.lapsMax, histogram: Object.fromEntries(laps) };
}

/** The runs of the registry that took part, by role. */
export function modelSummaries(scenario: Scenario): Summary['models'] {
  const runs = scenario.cast.flatMap((casting) => Object.values(casting.runs));
  const byRole = new Map(runs.map((run) => [run.role, run]));
  return [...byRole.values()].map(({ role, id, hash, trained }) => ({
    role,
    run: id,
    hash,
    trained,
  }));
}

/** Measures the WAV files of a folder, a minute at a time. */
export function audioSummaries(folder: string): AudioSummary[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.wav'));
  return files.sort().map((name) => measure(join(folder, name), `audio/${name}`));
}

function measure(path: string, file: string): AudioSummary {
  const { frames, sampleRate, channels } = wavInfo(path);
  const loudness = new IntegratedLoudness({ sampleRate, channels });
  const stretch = 60 * sampleRate;
  let peak = Number.NEGATIVE_INFINITY;
  let power = 0;
  for (let from = 0; from < frames; from += stretch) {
    const slice = readWav(path, { from, frames: Math.min(stretch, frames - from) });
    peak = Math.max(peak, peakDb(slice));
    loudness.add(slice.channels);
    power += 10 ** (rmsDb(slice) / 10) * Math.min(stretch, frames - from);
  }
  const rms = 10 * Math.log10(power / Math.max(1, frames));
  const finite = (db: number): number | null => (Number.isFinite(db) ? db : null);
  const levels = { peakDb: finite(peak), rmsDb: finite(rms), lufs: finite(loudness.lufs) };
  return { file, seconds: frames / sampleRate, ...levels };
}
