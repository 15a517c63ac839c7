import { relative } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import {
  type ArchivePolicy,
  type GcAccount,
  gc,
  parseSize,
  sizeText,
} from '../../archive/index.js';
import { afterSeconds } from '../../swarm/index.js';
import { duration } from '../option-values.js';
import { columns, say, sayJson } from '../output.js';

interface GcFlags {
  readonly dryRun?: true;
  readonly json?: true;
  readonly keep?: number;
  readonly max?: number;
  readonly thinAfter?: number;
  readonly every?: number;
  readonly take?: number;
  readonly sound?: 'float' | 'flac';
}

/** `demiurge archive gc [folder]`. */
export function declareGc(archive: Command): void {
  archive
    .command('gc [folder]')
    .summary('take away what the policies of runs no longer keep, and say why')
    .option('--dry-run', 'say what would go, and touch nothing')
    .option('--keep <time>', 'what is older goes, such as 14d, of every run here', duration)
    .option('--max <size>', 'bytes of all runs together, such as 20GB', size)
    .option('--thin-after <time>', 'of what is older only takes stay, of every run here', duration)
    .option('--every <time>', 'from one take to the next, with --thin-after (10min)', duration)
    .option('--take <time>', 'how long a take is, with --thin-after (10s)', duration)
    .addOption(new Option('--sound <form>', 'what old sound becomes').choices(['float', 'flac']))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(tidy);
}

const HELP = `
Without options, every run is tidied by the archive: section of its own scenario, and runs without
one stay as they are. What is given here holds for all runs of the folder (default: out).
What plays is thinned, never removed; pins and what a fork stands on stay.`;

async function tidy(folder: string | undefined, flags: GcFlags): Promise<void> {
  const policy = policyOf(flags);
  const account = await gc({
    archive: folder ?? 'out',
    nowMs: Date.now(),
    dryRun: flags.dryRun === true,
    ...(policy === undefined ? {} : { policy }),
    wait: (seconds) => new Promise((resolve) => void afterSeconds(seconds, resolve)),
  });
  if (flags.json === true) sayJson(account);
  else say(textOf(account));
}

function policyOf(flags: GcFlags): Partial<ArchivePolicy> | undefined {
  const { keep, max, thinAfter, every = 600, take = 10, sound } = flags;
  const thin = { afterSeconds: thinAfter ?? 0, everySeconds: every, takeSeconds: take };
  const given = {
    ...(keep === undefined ? {} : { keepSeconds: keep }),
    ...(max === undefined ? {} : { maxBytes: max }),
    ...(thinAfter === undefined ? {} : { thin }),
    ...(sound === undefined ? {} : { sound }),
  };
  return Object.keys(given).length === 0 ? undefined : given;
}

/** What was done, run by run, for people. */
function textOf(account: GcAccount): string {
  const { dryRun, removed, thinned, bytesBefore, bytesAfter, over, maxBytes } = account;
  const rows = [
    ...removed.map(({ folder, bytes, why }) => [near(folder), 'whole run', sizeText(bytes), why]),
    ...thinned.flatMap(rowsOf),
  ];
  const freed = sizeText(Math.max(0, bytesBefore - bytesAfter));
  const sum = dryRun
    ? `${freed} would be freed; nothing was touched`
    : `${freed} freed: ${sizeText(bytesBefore)} before, ${sizeText(bytesAfter)} now`;
  const lines = [rows.length === 0 ? 'nothing goes: everything is as its policy wants it' : ''];
  if (rows.length > 0) lines[0] = columns(rows);
  if (rows.length > 0) lines.push(sum);
  if (over !== undefined) {
    lines.push(`still ${sizeText(over.bytes)} above max ${sizeText(maxBytes ?? 0)}: ${over.says}`);
  }
  return lines.join('\n');
}

function rowsOf({ folder, playing, reasons, packed }: GcAccount['thinned'][number]): string[][] {
  const name = near(folder) + (playing ? ' (plays)' : '');
  const rows = reasons.map(({ count, bytes, why }) => [
    name,
    plural(count, 'item'),
    sizeText(bytes),
    why,
  ]);
  if (packed === undefined) return rows;
  const { sounds, exact, bytesBefore, bytesAfter, journalBytes } = packed;
  const how = `FLAC, ${exact} of them exact`;
  if (sounds > 0)
    rows.push([name, plural(sounds, 'sound'), sizeText(bytesBefore - bytesAfter), how]);
  if (journalBytes > 0) rows.push([name, 'journal', sizeText(journalBytes), 'packed']);
  return rows;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function near(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path.startsWith('..') ? folder : path || '.';
}

function size(text: string): number {
  const bytes = parseSize(text);
  if (bytes !== undefined && bytes > 0) return bytes;
  throw new InvalidArgumentError('Write a size such as 800MB or 20GB.');
}
