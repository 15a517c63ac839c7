import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { clockLabel } from '../../archive/index.js';
import { UserError } from '../../core/index.js';
import { liveSockets } from '../../telemetry/index.js';
import { type RunCard, cardOf, sizeLabel } from '../archive/run-card.js';
import { columns, complain, say, sayJson } from '../output.js';
import { harmless, inkFor } from '../why/ink.js';

/** `demiurge archive ls [folder]`: the runs of a folder, the newest first. */
export function declareArchiveLs(archive: Command): Command {
  return archive
    .command('ls [folder]')
    .summary('every run of a folder, the newest first (default: out)')
    .option('--json', 'print one JSON document')
    .action(async (folder: string | undefined, { json }: { readonly json?: true }) => {
      const cards = await cardsIn(folder ?? 'out', folder !== undefined);
      if (json === true) return sayJson({ v: 1, runs: cards });
      if (cards.length === 0) return complain('no runs yet\n  Try: npm start, or demiurge run');
      say(tableOf(cards));
      for (const { run, trouble } of cards)
        if (trouble !== undefined) complain(`${run}: ${trouble}`);
    });
}

async function cardsIn(folder: string, named: boolean): Promise<readonly RunCard[]> {
  if (!existsSync(folder)) {
    if (!named) return [];
    throw new UserError({ what: 'there is no such folder', where: folder });
  }
  const live = new Set((await liveSockets()).map(({ run }) => run));
  const inside = readdirSync(folder).map((name) => join(folder, name));
  const folders = [folder, ...inside].filter((path) => existsSync(join(path, 'run.json')));
  const cards: RunCard[] = [];
  for (const path of folders) cards.push(await cardOf(path, live));
  return cards.sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

function tableOf(cards: readonly RunCard[]): string {
  const heading = [
    'run',
    'title',
    'begun',
    'length',
    'laps',
    'envelopes',
    'size',
    'exact',
    'state',
  ];
  const rows = cards.map((card) => [
    card.run,
    harmless(card.title),
    card.startedAt.slice(0, 16).replace('T', ' '),
    card.seconds === undefined ? '?' : clockLabel(card.seconds, 0),
    String(card.laps ?? '?'),
    String(card.envelopes ?? '?'),
    sizeLabel(card.bytes),
    card.exact ? 'yes' : 'no',
    [card.state, card.origin ?? ''].filter((word) => word !== '').join(', '),
  ]);
  const [first = '', ...rest] = columns(rightAligned([heading, ...rows])).split('\n');
  return [inkFor(process.stdout).dim(first), ...rest].join('\n');
}

const NUMBERS = new Set([3, 4, 5, 6]);

function rightAligned(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const widthOf = (i: number): number => Math.max(...rows.map((row) => (row[i] ?? '').length));
  return rows.map((row) =>
    row.map((cell, i) => (NUMBERS.has(i) ? cell.padStart(widthOf(i)) : cell)),
  );
}
