import { type Command, Option } from 'commander';
import {
  type BlobDepth,
  type Finding,
  type Recovery,
  findRun,
  hasRecovered,
  recoverRun,
  verifyRun,
} from '../../archive/index.js';
import { Stop } from '../exit-code.js';
import { say, sayJson } from '../output.js';

interface VerifyFlags {
  readonly recover?: true;
  readonly blobs: BlobDepth;
  readonly json?: true;
}

interface Verified {
  readonly run: string;
  readonly recovery?: Recovery;
  readonly findings: readonly Finding[];
}

/** `demiurge archive verify <run…>`: exit code 1 when something is found. */
export function declareVerify(command: Command): Command {
  return command
    .summary('find every line and file of a run that is not as it was written')
    .argument('<run...>', 'folders of runs, or their ids in out/')
    .option('--recover', 'first bring runs that were killed back to what is certain')
    .addOption(
      new Option('--blobs <depth>', 'which signals to read')
        .choices(['all', 'sample', 'none'])
        .default('sample'),
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(verify);
}

const HELP = `
Verified are the chain of the journal, line by line; that parents were said before their children,
at laps that can be, in the order of time; the signals, checkpoints and sound files. With --recover,
drafts and a line that was cut short go, and lines that name what never reached the disk; only a run
that nobody plays any more can be recovered. Exits 1 when something is found.`;

async function verify(runs: readonly string[], flags: VerifyFlags): Promise<void> {
  const verified: Verified[] = [];
  for (const run of runs) {
    const folder = findRun(run);
    const recovery = flags.recover === true ? await recoverRun(folder) : undefined;
    const findings = await verifyRun(folder, { blobs: flags.blobs });
    verified.push({ run, ...(recovery === undefined ? {} : { recovery }), findings });
  }
  if (flags.json === true) sayJson(verified);
  else for (const one of verified) say(account(one));
  if (verified.some(({ findings }) => findings.length > 0)) throw new Stop(1);
}

const SHOWN = 50;

function account({ run, recovery, findings }: Verified): string {
  const lines = findings.slice(0, SHOWN).map(({ where, says }) => `  ${where}: ${says}`);
  const more = findings.length > SHOWN ? [`  … and ${findings.length - SHOWN} more`] : [];
  const torn = findings.some(({ kind }) => kind === 'torn' || kind === 'sound');
  const hint = torn ? ['  Try: demiurge archive verify --recover, if it plays no more'] : [];
  const found = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  const head = `${run}  ${findings.length === 0 ? 'sound' : found}`;
  return [...recovered(recovery), head, ...lines, ...more, ...hint].join('\n');
}

function recovered(recovery: Recovery | undefined): string[] {
  if (recovery === undefined) return [];
  if (!hasRecovered(recovery)) return ['nothing to recover'];
  const { drafts, tornBytes, linesCut, sounds } = recovery;
  const did = [
    ...(drafts > 0 ? [`${drafts} unfinished files removed`] : []),
    ...(tornBytes > 0 ? [`${tornBytes} bytes of a torn line cut off`] : []),
    ...(linesCut > 0 ? [`${linesCut} lines cut off whose signals are missing`] : []),
    ...(sounds.length > 0 ? [`mended ${sounds.join(', ')}`] : []),
  ];
  return [`recovered: ${did.join('; ')}`];
}
