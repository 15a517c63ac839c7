import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentId, ModelRef } from '../../core/index.js';
import { type RunDraft, type RunRecord, saveRun } from '../../models/index.js';
import { versionsIn } from '../cast/offer.js';
import type { Learned, Learner } from './learner.js';
import type { Lesson } from './lesson.js';

/** The versions an apprentice has made, the latest last. */
export interface Versions {
  readonly generation: number;
  /** The weights it goes on from. */
  readonly latest: ModelRef;
  /** Those still on disk, the oldest first. */
  readonly kept: readonly string[];
}

/** A version before it is stored. */
export interface NewVersion {
  readonly base: RunRecord;
  readonly lesson: Lesson;
  readonly learner: Learner;
  readonly learned: Learned;
  readonly by: AgentId;
  /** What is said of the training in the run's settings. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Stores the next version as a run in the folder of the performance, whole or not at all, under an
 * id that follows from its weights, and removes the oldest when there are more than `keep`.
 */
export async function nextVersion(
  versions: Versions,
  made: NewVersion,
  place: { readonly outputFolder: string; readonly keep: number },
): Promise<Versions> {
  const registry = versionsIn(place.outputFolder);
  const generation = versions.generation + 1;
  const { id, hash } = await saveRun(draftOf(made, versions.latest, generation), { registry });
  const all = [...versions.kept.filter((kept) => kept !== id), id];
  for (const old of all.slice(0, -place.keep)) {
    await rm(join(registry, old), { recursive: true, force: true });
  }
  return { generation, latest: { run: id, hash }, kept: all.slice(-place.keep) };
}

function draftOf(
  { base, lesson, learner, learned, by, settings }: NewVersion,
  from: ModelRef,
  generation: number,
): RunDraft {
  const { kind, config } = learner.network(lesson);
  const { stats, sampleRate, hopLength, logBase } = base;
  return {
    trained: true,
    origin: { made: 'trained', sources: [{ file: `run ${from.run}`, sha256: from.hash }] },
    networks: { [lesson.role]: { kind, config, weights: learned.weights } },
    stats,
    sampleRate,
    hopLength,
    logBase,
    settings: { ...settings, generation, base: base.id, from: from.run, loss: learned.loss },
    notes: [`generation ${generation} of the apprentice ${by}, which learned from ${from.run}`],
  };
}
