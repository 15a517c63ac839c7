import { extname } from 'node:path';
import type { Command } from 'commander';
import { type RunArchive, type SaidRecord, findRun, openRun } from '../../archive/index.js';
import { encodeWav } from '../../audio/index.js';
import { type Audio, UserError, writeWhole } from '../../core/index.js';
import { type RebuildOptions, type Rebuilt, rebuildEnvelope } from '../../replay/index.js';
import { Stop } from '../exit-code.js';
import { say, sayJson } from '../output.js';

interface RebuildFlags {
  readonly fromStart?: true;
  readonly output?: string;
  readonly project?: string;
  readonly registry?: string;
  readonly json?: true;
}

/** `demiurge rebuild <run> <envelope>`: is it what its ancestors make? */
export function declareRebuild(command: Command): Command {
  return command
    .argument('<run>', 'the folder of a run, or the id of one in out/')
    .argument('<envelope>', 'what was said, such as grains.17')
    .option('--from-start', 'trust no checkpoint: compute everything before it anew')
    .option('-o, --output <file>', 'write what came out as .wav')
    .option('--project <folder>', "the project's root, when it is no longer where it was")
    .option('--registry <folder>', 'where the runs of models are')
    .option('--json', 'print one JSON document')
    .action(rebuild);
}

async function rebuild(written: string, id: string, flags: RebuildFlags): Promise<void> {
  const run = openRun(findRun(written));
  const record = recordOf(run, id);
  if (flags.output !== undefined) requireSound(record, flags.output);
  const rebuilt = await rebuildEnvelope(run, record, optionsOf(flags));
  if (flags.output !== undefined) {
    await writeWhole(flags.output, encodeWav(rebuilt.envelope.signal as Audio, '32f'));
  }
  tell(rebuilt, flags);
  if (!rebuilt.identical) throw new Stop(1);
}

function recordOf(run: RunArchive, id: string): SaidRecord {
  for (const record of run.records()) if (record.type === 'said' && record.id === id) return record;
  throw new UserError({
    what: `the run never said ${id}`,
    where: run.folder,
    allowed: 'an agent and its own count, such as grains.17',
    hint: `demiurge why ${run.record.run} <time>`,
  });
}

function requireSound({ carries, id }: SaidRecord, output: string): void {
  if (carries !== 'audio') {
    throw new UserError({ what: `${id} is ${carries}, not a sound`, where: output });
  }
  if (extname(output).toLowerCase() === '.wav') return;
  throw new UserError({ what: 'it is written as WAV', where: output, allowed: 'a name in .wav' });
}

function optionsOf({ fromStart, project, registry }: RebuildFlags): RebuildOptions {
  return {
    ...(fromStart === undefined ? {} : { fromStart }),
    ...(project === undefined ? {} : { project }),
    ...(registry === undefined ? {} : { registry }),
  };
}

function tell({ record, hash, identical, playedSeconds }: Rebuilt, { json }: RebuildFlags): void {
  const { id, hash: expected } = record;
  if (json === true) sayJson({ id, expected, hash, identical, playedSeconds });
  else {
    const how = `${playedSeconds.toFixed(1)} s of music played for it`;
    say(`${id} ${identical ? 'is the same, byte for byte' : 'came out differently'}; ${how}`);
    if (expected !== undefined) say(`  then ${expected}\n  now  ${hash ?? 'no numbers'}`);
  }
}
