import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { findRun, openRun } from '../../archive/index.js';
import {
  type ReplayCertificate,
  type ReplayOptions,
  certificateText,
  foreseenText,
  replayRun,
  sayDifference,
} from '../../replay/index.js';
import { newRunId } from '../../swarm/index.js';
import { Stop } from '../exit-code.js';
import { interruptSignal } from '../interrupt-signal.js';
import { duration } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';
import { PlainWatcher } from '../watch/plain-watcher.js';

interface ReplayFlags {
  readonly from?: number;
  readonly until?: number;
  readonly speed?: number;
  readonly fast?: true;
  readonly replace?: readonly string[];
  readonly check?: true;
  readonly out?: string;
  readonly project?: string;
  readonly scenario?: string;
  readonly registry?: string;
  readonly json?: true;
}

/** `demiurge replay <run>`: the same again, compared while it plays. */
export function declareReplay(command: Command): Command {
  return command
    .argument('<run>', 'the folder of a run, or the id of one in out/')
    .option('--from <time>', 'begin there, in the state that the run was in then', duration)
    .option('--until <time>', 'play no further than this, such as 90s', duration)
    .option('--speed <times>', 'so many times as fast as it sounds', speed)
    .option('--fast', 'as fast as it can be computed (the default)')
    .option('--replace <agent=kind...>', 'let an agent play another kind, and see what changes')
    .option('--check', 'print the certificate; exit code 1 unless it is the same, byte for byte')
    .option('--out <folder>', 'a new or empty folder for the replay (default: out/<run>)')
    .option('--project <folder>', "the project's root, when it is no longer where it was")
    .option('--scenario <file>', 'the scenario of a run that does not say where it was')
    .option('--registry <folder>', 'where the runs of models are')
    .option('--json', 'print one JSON document: the certificate')
    .action(replay);
}

function speed(text: string): number {
  const value = Number(text.replace(/^×|x$/i, ''));
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Write how many times as fast, such as 2 or 0.5.');
}

async function replay(written: string, flags: ReplayFlags): Promise<void> {
  const archive = openRun(findRun(written));
  const { title, seed, sampleRate } = archive.record;
  const run = newRunId();
  const tell = flags.json === true ? complain : say;
  const clock = flags.speed === undefined ? 'virtual' : 'real';
  const { durationSeconds } = archive.record;
  const watcher = new PlainWatcher({ title, run, clock, seed, durationSeconds }, tell);
  const drain = interruptSignal(() => watcher.note('draining: what was said is still played'));
  try {
    const { certificate } = await replayRun(archive, {
      ...optionsOf(flags, run),
      signal: drain.signal,
      onEvent: watcher.hear.bind(watcher),
      onForeseen: (foreseen) => foreseenText(foreseen).forEach((line) => tell(`  ${line}`)),
      onDifference: (difference) =>
        watcher.note(sayDifference(difference, sampleRate)[0] as string),
    });
    show(certificate, flags);
  } finally {
    drain.forget();
  }
}

function optionsOf(flags: ReplayFlags, run: string): ReplayOptions {
  const { from, until, speed: times, fast, replace, out, project, scenario, registry } = flags;
  return {
    run,
    outFolder: out ?? join('out', run),
    ...(from === undefined ? {} : { fromSeconds: from }),
    ...(until === undefined ? {} : { untilSeconds: until }),
    ...(times === undefined || fast === true ? {} : { speed: times }),
    ...(replace === undefined ? {} : { replace: replacements(replace) }),
    ...(project === undefined ? {} : { project }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(registry === undefined ? {} : { registry }),
  };
}

function replacements(written: readonly string[]): Readonly<Record<string, string>> {
  const pairs = written
    .flatMap((text) => text.split(','))
    .map((text): [string, string] => {
      const at = text.indexOf('=');
      if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
      throw new InvalidArgumentError('Write --replace agent=kind, such as violin=mixer.');
    });
  return Object.fromEntries(pairs);
}

function show(certificate: ReplayCertificate, { json, check }: ReplayFlags): void {
  if (json === true) sayJson(certificate);
  else say(`\n${certificateText(certificate)}`);
  if (check === true && certificate.verdict !== 'identical') throw new Stop(1);
}
