import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { findRun, hashOf, openRun } from '../../archive/index.js';
import type { RunArchive } from '../../archive/index.js';
import { loadScenario } from '../../scenarios/index.js';
import { writeSite } from '../../site/index.js';
import type { SiteRun, SoundsKept } from '../../site/index.js';
import { complain, say } from '../output.js';
import { packageFolder, packageVersion } from '../package-folder.js';

interface SiteFlags {
  readonly out?: string;
  readonly title?: string;
  readonly sounds: SoundsKept;
  readonly space: number;
  readonly registry?: string;
}

/** `demiurge site <run…> [--out folder] [--title …] [--sounds …] [--space …]`. */
export function declareSite(command: Command): Command {
  const sounds = new Option('--sounds <which>', 'single sounds to hold: those that sounded')
    .choices(['all', 'sounded', 'none'])
    .default('sounded', 'sounded, with their ancestors');
  return command
    .argument('<run...>', 'folders of runs, or ids of runs in out/')
    .option('--out <folder>', 'where to (default: <run>/site; out/site for several)')
    .option('--title <title>', 'of the site (default: that of the run)')
    .addOption(sounds)
    .addOption(
      new Option('--space <megabytes>', 'that single sounds may take up')
        .argParser(megabytes)
        .default(250),
    )
    .option('--registry <folder>', 'where the runs of models are')
    .action(site);
}

function megabytes(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('Write a number of megabytes, such as 250.');
}

async function site(written: readonly string[], flags: SiteFlags): Promise<void> {
  const folders = [...new Set(written.map((run) => findRun(run)))];
  const runs: SiteRun[] = [];
  for (const folder of folders) runs.push(await siteRun(openRun(folder), flags.registry));
  const [only, ...others] = runs as [SiteRun, ...SiteRun[]];
  const alone = others.length === 0;
  const { folder, record } = only.archive;
  const sum = await writeSite(runs, {
    out: flags.out ?? (alone ? join(folder, 'site') : join('out', 'site')),
    title: flags.title ?? (alone ? record.title : 'The archive'),
    sounds: flags.sounds,
    soundBytes: flags.space * 1e6,
    version: packageVersion(),
    say: complain,
  });
  const takes = `${sum.takes} ${sum.takes === 1 ? 'take' : 'takes'}`;
  const left = sum.soundsLeftOut > 0 ? `, ${sum.soundsLeftOut} left out` : '';
  say(`${sum.index}  ${takes}, ${sum.sounds} single sounds${left}`);
}

/** A run with its scenario, if a file with the very text that was played can still be loaded. */
async function siteRun(archive: RunArchive, registry?: string): Promise<SiteRun> {
  const { hash } = archive.record.scenario;
  const files = placesOf(archive).filter((file) => existsSync(file) && isFile(file, hash));
  for (const file of files) {
    const { seed } = archive.record;
    const loaded = await loadScenario(file, registry === undefined ? { seed } : { seed, registry });
    if (loaded.ok) return { archive, scenario: loaded.value };
  }
  const noScenario =
    files.length === 0
      ? 'the project it was played from is not here'
      : 'the scenario no longer loads from the project it was played from';
  return { archive, noScenario };
}

function isFile(file: string, hash: string): boolean {
  return hashOf(readFileSync(file, 'utf8')) === hash;
}

/** Where a run's scenario may lie: its project, its own folder, and the scenarios near at hand. */
function placesOf({ record, folder }: RunArchive): readonly string[] {
  const { project } = record;
  const beside = ['scenarios', join(packageFolder(), 'scenarios')].filter(existsSync);
  return [
    ...(project === undefined ? [] : [join(project.root, project.scenario)]),
    ...beside.flatMap((place) =>
      readdirSync(place)
        .filter((name) => /\.ya?ml$/.test(name))
        .map((name) => join(place, name)),
    ),
    join(folder, 'scenario.yaml'),
  ];
}
