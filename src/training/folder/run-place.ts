import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, UserError } from '../../core/index.js';
import type { NetworkKind, RunStats } from '../../models/index.js';
import type { Settings } from '../recipes/settings.js';

/** What a training was begun with; resuming it needs nothing else. */
export interface Beginning {
  readonly id: string;
  readonly kind: NetworkKind;
  readonly recipe: string;
  readonly settings: Settings;
  readonly seed: number;
  readonly corpus: string;
  readonly corpusHash: string;
  readonly engine: string;
  readonly threads: number;
  /** Processes that share every batch. */
  readonly workers: number;
  /** The run that the first weights came from. */
  readonly from: string | null;
  /** What values are normalised with; null where they are not. */
  readonly stats: RunStats | null;
  /** The command line that does the same again. */
  readonly command: string;
}

/** Where the files of a training lie: beside the run that it stores, in its folder `training`. */
export interface RunPlace {
  readonly registry: string;
  readonly id: string;
  readonly run: string;
  readonly folder: string;
  readonly beginning: string;
  readonly checkpoint: string;
  readonly history: string;
  readonly best: string;
  readonly corpus: string;
  readonly picture: string;
  readonly previews: string;
}

/** The place of a training in a registry. */
export function runPlace(registry: string, id: string): RunPlace {
  const run = join(resolve(registry), id);
  const folder = join(run, 'training');
  const at = (name: string): string => join(folder, name);
  return {
    registry: resolve(registry),
    id,
    run,
    folder,
    beginning: at('beginning.json'),
    checkpoint: at('checkpoint.safetensors'),
    history: at('history.jsonl'),
    best: at('best.json'),
    corpus: at('corpus.json'),
    picture: at('losses.svg'),
    previews: at('previews'),
  };
}

/**
 * Makes the folder of a new training, whole or not at all: `fill` writes into a place beside it,
 * which then takes its name. A UserError when the id is taken or nothing can be written.
 */
export async function beginIn(
  place: RunPlace,
  fill: (draft: RunPlace) => Promise<void>,
): Promise<void> {
  if (existsSync(place.run)) throw taken(place);
  const draft = runPlace(place.registry, `.new-${place.id}`);
  try {
    await rm(draft.run, { recursive: true, force: true });
    await mkdir(draft.folder, { recursive: true });
  } catch (cause) {
    const what = `the run cannot be written here: ${messageOf(cause)}`;
    throw new UserError({ what, where: place.registry, hint: 'choose another --registry', cause });
  }
  try {
    await fill(draft);
    await rename(draft.run, place.run);
  } finally {
    await rm(draft.run, { recursive: true, force: true });
  }
}

function taken({ id, run, beginning }: RunPlace): UserError {
  const hint = existsSync(beginning) ? `demiurge train --resume ${id}` : 'choose another --id';
  return new UserError({ what: `the id ${id} is taken`, where: run, hint });
}

/** Takes away what a killed process had only begun to write beside the files of a training. */
export async function clearDrafts({ folder }: RunPlace): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => /^\.new-|\.new$/.test(name));
  for (const name of drafts) await rm(join(folder, name), { recursive: true, force: true });
}

/** What a training was begun with. A UserError when there is no such training. */
export async function beginningOf(place: RunPlace): Promise<Beginning> {
  if (existsSync(place.beginning)) {
    const stored = JSON.parse(await readFile(place.beginning, 'utf8')) as Beginning;
    // A training from before there were workers is one process.
    return { ...stored, workers: stored.workers ?? 1 };
  }
  const what = `there is no training '${place.id}' to resume`;
  throw new UserError({ what, where: place.registry, hint: 'demiurge models list' });
}
