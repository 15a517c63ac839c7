import { UserError } from '../../core/index.js';
import { kindsIn, type Role, roleOf, ROLES } from './run-kind.js';
import { findRunFiles, type RunFiles } from './run-files.js';
import { type FoundNetwork, readNetwork } from './read-network.js';
import { readStats, type RunStats } from './run-stats.js';
import type { RunRecord } from './run-record.js';
import { type RunDraft, type SaveOptions, saveRun } from './save-run.js';

/** What to take from a folder, and where to put it. */
export interface ImportOptions extends SaveOptions {
  /** A family or network kind: takes only that run of a folder that holds several. */
  readonly kind?: string;
}

/**
 * What came out of a folder: the main run, and further runs found there (such as a vocoder beside
 * a una-GAN).
 */
export interface ImportedRuns {
  readonly run: RunRecord;
  readonly also: readonly RunRecord[];
}

/**
 * Imports the networks of a training run's folder (or one checkpoint file) into a registry. Kind
 * and widths come from settings and weights; a contradiction, damage or anything but data is one
 * UserError and nothing is written.
 */
export async function importRun(
  folder: string,
  options: ImportOptions = {},
): Promise<ImportedRuns> {
  const files = await findRunFiles(folder);
  const networks: FoundNetwork[] = [];
  for (const file of files.checkpoints.values()) networks.push(await readNetwork(file, files));
  const groups = chosen(grouped(networks), options.kind, folder);
  // Everything is read and checked before anything is written.
  const drafts: RunDraft[] = [];
  for (const group of groups) drafts.push(await draftOf(group, files));
  return saveAll(drafts, options);
}

async function saveAll(
  [first, ...rest]: readonly RunDraft[],
  { id, registry }: SaveOptions,
): Promise<ImportedRuns> {
  const where = registry === undefined ? {} : { registry };
  const run = await saveRun(first as RunDraft, id === undefined ? where : { ...where, id });
  const also: RunRecord[] = [];
  for (const draft of rest) also.push(await saveRun(draft, where));
  return { run, also };
}

type Group = ReadonlyMap<Role, FoundNetwork>;

/**
 * una-GAN's networks make one run, a vocoder and its discriminator another, a sequencer a third.
 */
function grouped(networks: readonly FoundNetwork[]): readonly Group[] {
  const groups = new Map<string, Map<Role, FoundNetwork>>();
  for (const network of networks) {
    const name = groupOf(network);
    const group = groups.get(name) ?? new Map<Role, FoundNetwork>();
    groups.set(name, group.set(roleOf(network.kind), network));
  }
  return [...groups.values()];
}

function groupOf({ kind }: FoundNetwork): string {
  if (kind.startsWith('una-gan')) return 'una-gan';
  return kind === 'mel-gan-discriminator' ? 'vocoder' : roleOf(kind);
}

function chosen(
  groups: readonly Group[],
  kind: string | undefined,
  where: string,
): readonly Group[] {
  if (groups.length === 0) {
    const allowed =
      'params.Generator*.torch, params.generator.*.pt, best_netG.pt, g_latest, *.ckpt';
    throw new UserError({ what: 'no checkpoint was found here', where, allowed });
  }
  if (kind === undefined) return groups;
  const wanted = groups.filter((group) => isWanted(group, kind));
  if (wanted.length > 0) return wanted;
  const found = groups.flatMap((group) => [...group.values()].map((network) => network.kind));
  throw new UserError({ what: `no ${kind} here, but ${found.join(', ')}`, where });
}

function isWanted(group: Group, kind: string): boolean {
  const kinds = kindsIn(kind);
  const exact = [...group.values()].some((network) => kinds.includes(network.kind));
  return exact || (kind === 'una-gan' && (group.has('encoder') || group.has('discriminator')));
}

async function draftOf(group: Group, files: RunFiles): Promise<RunDraft> {
  const roles = ROLES.filter((role) => group.has(role));
  const main = group.get(roles[0] as Role) as FoundNetwork;
  const width = widthOf(main);
  const stats = width === undefined ? null : await readStats(main.file, files, width);
  const { settings } = main;
  return {
    trained: settings.trained !== false,
    origin: { made: 'imported', sources: [...group.values()].map(({ source }) => source) },
    networks: Object.fromEntries(group),
    stats,
    sampleRate: wholeIn(main, 'sampling_rate', 44_100),
    hopLength: wholeIn(main, 'hop_length', hopDefault(main)),
    logBase: main.kind === 'hifi-gan' ? 'e' : '10',
    settings: { ...settings },
    notes: notesOf([...group.values()], stats, width),
  };
}

/** How many columns the statistics of a run must have; vocoders have none. */
function widthOf({ config }: FoundNetwork): number | undefined {
  if ('feat_dim' in config) return config.feat_dim;
  return 'descriptor_size' in config ? config.descriptor_size : undefined;
}

/** A vocoder says as many samples to a frame as its upsamplings multiply to. */
function hopDefault({ kind, config }: FoundNetwork): number {
  if ('ratios' in config) return product(config.ratios);
  if ('upsample_rates' in config) return product(config.upsample_rates);
  return roleOf(kind) === 'sequencer' ? 1024 : 256;
}

function product(factors: readonly number[]): number {
  return factors.reduce((all, factor) => all * factor, 1);
}

function wholeIn({ settings, file }: FoundNetwork, name: string, otherwise: number): number {
  const said = settings[name] ?? otherwise;
  const value = Number(said);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UserError({
    what: `the settings say ${name} ${JSON.stringify(said)}`,
    where: file,
    allowed: 'a whole number above 0',
  });
}

function notesOf(
  networks: readonly FoundNetwork[],
  stats: RunStats | null,
  width: number | undefined,
): string[] {
  const notes = networks.flatMap(({ kind, notes: own }) => own.map((note) => `${kind}: ${note}`));
  const bare = stats === null && width !== undefined;
  return bare ? [...notes, 'no statistics: values stay normalised'] : notes;
}
