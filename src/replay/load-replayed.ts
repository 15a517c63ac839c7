import type { RunArchive } from '../archive/index.js';
import { UserError } from '../core/index.js';
import { type Scenario, loadScenario, textOf } from '../scenarios/index.js';
import { type Setting, withSettings } from './change.js';
import { type Foreseen, foresee } from './foreseen.js';
import { pinnedModels } from './pinned-models.js';
import { type ProjectPlace, type RecordedSources, recordedSources } from './recorded-sources.js';
import { type Replacements, withKinds } from './replace-kind.js';

/** How a run is set up again. */
export interface SettingUp extends ProjectPlace {
  /** The folder that models are looked for in. */
  readonly registry?: string;
  /** Values that are written otherwise this time. */
  readonly settings?: readonly Setting[];
  /** Another seed, for what is drawn from now on; the models stay those of the run. */
  readonly seed?: number;
  /** False for who does not ask whether the same will come out: it takes reading the journal. */
  readonly foreseeing?: boolean;
  /** Agents that play another kind this time. */
  readonly replace?: Replacements;
}

/** A run's scenario, set up again as it was. */
export interface Replayed {
  readonly scenario: Scenario;
  /** All agents that play another kind than written: the run's own, and those of this time. */
  readonly replaced: Replacements;
  readonly foreseen: readonly Foreseen[];
  /** Takes away what was laid out to import kept kinds from; not before the replay is over. */
  close(): void;
}

/**
 * Sets a run's scenario up again: the files, seed, limits and models it was played with. A
 * UserError that names what is missing.
 */
export async function loadReplayed(run: RunArchive, options: SettingUp = {}): Promise<Replayed> {
  const pinned = await pinnedModels(run.record, options.registry);
  const sources = recordedSources(run, options);
  try {
    const written = await loadKept(run, sources, pinned, options);
    const replaced = { ...run.record.replaced, ...options.replace };
    const scenario = await withKinds(written, replaced);
    const known = options.foreseeing === false ? [] : await foresee(run, scenario);
    const foreseen = [...sources.notes, ...known];
    return { scenario, replaced, foreseen, close: sources.close };
  } catch (thrown) {
    sources.close();
    throw thrown;
  }
}

async function loadKept(
  { record, folder }: RunArchive,
  { file, kept }: RecordedSources,
  pinned: ReadonlyMap<string, string>,
  { registry, settings = [], seed = record.seed }: SettingUp,
): Promise<Scenario> {
  const text = await withSettings(kept.texts.get(file) ?? textOf(file), settings);
  const isFree = (role: string): boolean => settings.some(({ path }) => isRole(path, role));
  const isSet = settings.some(({ path }) => path[0] === 'limits');
  const loaded = await loadScenario(file, {
    seed,
    kept: { ...kept, texts: new Map([...kept.texts, [file, text]]) },
    pinned: new Map([...pinned].filter(([role]) => !isFree(role))),
    ...(isSet ? {} : { overrides: { limits: record.limits } }),
    ...(registry === undefined ? {} : { registry }),
  });
  if (loaded.ok) {
    const isEndSet = settings.some(({ path }) => path[0] === 'duration');
    // The scenario's end was called off, or it had none.
    if (record.durationSeconds !== undefined || isEndSet) return loaded.value;
    return { ...loaded.value, durationSeconds: undefined };
  }
  const [problem] = loaded.problems;
  throw new UserError({
    what: `the run cannot be set up again: ${problem?.says}`,
    where: problem === undefined ? folder : `${problem.file}:${problem.line}`,
    hint:
      problem?.code === 'missing-file'
        ? '--project <folder> where the project is now'
        : (problem?.try ?? 'put the project back as it was'),
  });
}

/** Whether a setting is about a role, which is then no longer bound to the run that played it. */
function isRole(path: readonly string[], role: string): boolean {
  return path[0] === 'models' && path[1] === role;
}
