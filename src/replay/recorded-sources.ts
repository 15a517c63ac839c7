import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type RunArchive, type SourceFile, hashOf, keptSource } from '../archive/index.js';
import { UserError } from '../core/index.js';
import { type Kept, groundOf, textOf } from '../scenarios/index.js';
import type { Foreseen } from './foreseen.js';
import { shadowProject } from './shadow-project.js';

/** Where a run's project is looked for. */
export interface ProjectPlace {
  /** The project's root, when it is no longer where it was. */
  readonly project?: string;
  /** The scenario's file, for a run that does not say where it was. */
  readonly scenario?: string;
}

/** A run's scenario file, and the kept texts that stand for what has changed since. */
export interface RecordedSources {
  readonly file: string;
  readonly kept: Kept;
  readonly notes: readonly Foreseen[];
  close(): void;
}

/** Finds what a run was made from: on disk where it is as it was, else as the run kept it. */
export function recordedSources(run: RunArchive, place: ProjectPlace): RecordedSources {
  const { project } = run.record;
  if (project === undefined) return oldSources(run, place);
  const { root, notes } = rootOf(run, place);
  const changed = project.files.filter((file) => !isAsItWas(join(root, file.path), file));
  const texts = new Map(
    changed.map((file) => [join(root, file.path), keptSource(run.folder, file)] as const),
  );
  const all = changed.length === 0 ? [] : project.files.filter(({ path }) => isProgram(path));
  const programs = changed.some(({ path }) => isProgram(path))
    ? new Map(all.map((file) => [join(root, file.path), keptSource(run.folder, file)]))
    : new Map<string, string>();
  const shadow = programs.size === 0 ? undefined : shadowProject(root, programs);
  return {
    file: join(root, project.scenario),
    kept: { root, texts, places: shadow?.places ?? new Map() },
    notes: [...notes, ...changed.map((file) => changedNote(root, file))],
    close: () => shadow?.close(),
  };
}

function isProgram(path: string): boolean {
  return /\.[mc]?[jt]s$/.test(path);
}

function isAsItWas(path: string, { hash }: SourceFile): boolean {
  return existsSync(path) && hashOf(textOf(path)) === hash;
}

function changedNote(root: string, { path }: SourceFile): Foreseen {
  const what = existsSync(join(root, path)) ? 'has changed since' : 'is no longer there';
  return { about: 'project', says: `${path} ${what}: the run's own copy is played`, risk: false };
}

function rootOf(
  { folder, record }: RunArchive,
  place: ProjectPlace,
): { readonly root: string; readonly notes: readonly Foreseen[] } {
  const { root } = record.project as NonNullable<typeof record.project>;
  const wanted = place.project ?? root;
  if (existsSync(wanted)) return { root: realpathSync(wanted), notes: [] };
  if (place.project !== undefined) {
    throw new UserError({ what: 'there is no such folder', where: place.project });
  }
  const says = `the project ${root} is not there: the run's own copies are played`;
  return { root: resolve(folder, 'sources'), notes: [{ about: 'project', says, risk: false }] };
}

/** Runs of before format 2 kept the text of their scenario, but not where it was. */
function oldSources(run: RunArchive, { scenario }: ProjectPlace): RecordedSources {
  if (scenario === undefined) {
    throw new UserError({
      what: 'this run is of an older format and does not say which file it was played from',
      where: run.folder,
      hint: '--scenario <file>, where its paths start from',
    });
  }
  if (!existsSync(scenario)) {
    throw new UserError({ what: 'there is no such scenario', where: scenario });
  }
  const file = realpathSync(scenario);
  const text = run.scenarioText();
  const same = textOf(file) === text;
  const old = 'a run of an older format: its nested scenarios and kinds are taken as they are now';
  const says = `${scenario} has changed since: the run's own copy is played`;
  return {
    file,
    kept: {
      root: groundOf(file).root,
      texts: new Map(same ? [] : [[file, text]]),
      places: new Map(),
    },
    notes: [
      { about: 'project', says: old, risk: true },
      ...(same ? [] : [{ about: 'project', says, risk: false } as const]),
    ],
    close: () => {},
  };
}
