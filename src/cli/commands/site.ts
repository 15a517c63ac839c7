import { join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { findRun, openRun } from '../../archive/index.js';
import type { RunArchive } from '../../archive/index.js';
import { UserError } from '../../core/index.js';
import { loadReplayed } from '../../replay/index.js';
import { writeSite } from '../../site/index.js';
import type { SiteRun, SoundsKept } from '../../site/index.js';
import { complain, say } from '../output.js';
import { packageVersion } from '../package-folder.js';
import { siteCurves } from '../site-curves.js';

interface SiteFlags {
  readonly out?: string;
  readonly title?: string;
  readonly sounds: SoundsKept;
  readonly space: number;
  readonly curves: boolean;
  readonly project?: string;
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
    .option('--no-curves', 'leave out the bias curves, which take the longest')
    .option('--project <folder>', "the project's root, when it is no longer where it was")
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
  for (const folder of folders) runs.push(await siteRun(openRun(folder), flags));
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

/** A run with its curves and its scenario, where that can still be set up as it was. */
async function siteRun(archive: RunArchive, flags: SiteFlags): Promise<SiteRun> {
  if (!flags.curves) return withScenario(archive, flags);
  complain(`${archive.record.run}  bias curves`);
  return { ...(await withScenario(archive, flags)), curves: await siteCurves(archive) };
}

async function withScenario(
  archive: RunArchive,
  { project, registry }: SiteFlags,
): Promise<SiteRun> {
  try {
    const { scenario, close } = await loadReplayed(archive, {
      ...(project === undefined ? {} : { project }),
      ...(registry === undefined ? {} : { registry }),
    });
    close();
    return { archive, scenario };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { archive, noScenario: error.parts.what };
  }
}
