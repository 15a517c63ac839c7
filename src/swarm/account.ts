import type { JournalSum } from '../archive/index.js';
import type { Bus } from '../bus/index.js';
import type { Samples } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import type { Cast } from './cast.js';
import type { Line } from './line.js';
import type { Post } from './post.js';
import {
  type Summary,
  agentSummaries,
  audioSummaries,
  lapSummary,
  linkSummaries,
  modelSummaries,
} from './summary.js';

/** What an account is drawn up from, once a run is over. */
export interface Performed {
  readonly run: string;
  readonly reason: Summary['reason'];
  readonly scenario: Scenario;
  readonly cast: Cast;
  readonly lines: readonly Line[];
  readonly post: Post;
  readonly bus: Bus;
  readonly folder: { readonly path: string; readonly audio: string };
  /** Logical time at which it was entered; 0 unless it is a fork. */
  readonly began: Samples;
  readonly ended: Samples;
  readonly lagMax: Samples;
  readonly wallSeconds: number;
  readonly journal: JournalSum;
}

/** Draws up the account of a run; its sound files are measured. */
export function accountOf(performed: Performed): Summary {
  const { run, reason, scenario, bus, post, folder, wallSeconds } = performed;
  const { sampleRate, title, seed } = scenario;
  const logicalSeconds = performed.ended / sampleRate;
  const { reconnects, gaps } = bus.counts();
  return {
    run,
    title,
    seed,
    reason,
    folder: folder.path,
    logicalSeconds,
    wallSeconds,
    realTimeFactor: (performed.ended - performed.began) / sampleRate / wallSeconds,
    lagSecondsMax: performed.lagMax / sampleRate,
    agents: agentSummaries(scenario, performed.cast),
    laps: lapSummary(post),
    links: linkSummaries(performed.lines),
    // The same loss shows twice: as a gap where it was missed, and as an envelope never heard back.
    bus: { kind: bus.kind, reconnects, gaps: Math.max(gaps, post.lost) },
    journal: performed.journal,
    audio: audioSummaries(folder.audio),
    models: modelSummaries(scenario),
    generations: post.generations.summary(sampleRate),
  };
}
