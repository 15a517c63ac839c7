import type { Command } from 'commander';
import type { ClosedAncestry, IndexedTable, RunRecord } from '../../archive/index.js';
import { clockLabel, closedAncestry, findRun, readShelf } from '../../archive/index.js';
import { liveSockets } from '../../telemetry/index.js';
import { type RunCard, cardOf, sizeLabel, summaryOf } from '../archive/run-card.js';
import { columns, say, sayJson } from '../output.js';
import { indexOf } from '../why/answer.js';
import { harmless, inkFor } from '../why/ink.js';

/** `demiurge archive show <run>`: everything that a run's folder says of it. */
export function declareArchiveShow(archive: Command): Command {
  return archive
    .command('show <run>')
    .summary('everything about one run')
    .option('--json', 'print one JSON document')
    .action(async (written: string, { json }: { readonly json?: true }) => {
      const folder = findRun(written);
      const index = await indexOf(folder);
      try {
        const { record } = index.run;
        const card = await cardOf(folder, new Set((await liveSockets()).map(({ run }) => run)));
        const journal = { ...index.counts() };
        const ancestry = closedAncestry(index);
        const { journal: sum, audio } = summaryOf(folder) ?? {};
        const shelf = readShelf(folder);
        const all = { v: 1, card, record, journal, sum, audio, ancestry, shelf };
        if (json === true) return sayJson(all);
        const sounds = (audio ?? []).map(({ file, seconds }) => `${file} ${clockLabel(seconds)}`);
        const shelved = shelf.map(
          ({ id, agent, port, why }) => `${id} at ${agent}.${port}: ${why}`,
        );
        const ending = { digest: sum?.digest, sounds, shelved };
        say(pageOf(card, record, { ...ending, journal, ancestry }));
      } finally {
        index.close();
      }
    });
}

interface Told {
  readonly journal: Readonly<Record<IndexedTable, number>>;
  readonly ancestry: ClosedAncestry;
  readonly digest: string | undefined;
  readonly sounds: readonly string[];
  readonly shelved: readonly string[];
}

function pageOf(card: RunCard, record: RunRecord, told: Told): string {
  const ink = inkFor(process.stdout);
  const rows = Object.entries({
    ...lifeOf(card, record),
    ...contentOf(card, told),
    ...castOf(record),
  });
  const lines = rows.flatMap(([name, text]) =>
    [text].flat().map((line, i) => [ink.dim((i === 0 ? name : '').padEnd(10)), harmless(line)]),
  );
  return `${ink.strong(harmless(card.title))}\n${columns(lines)}`;
}

type Lines = Readonly<Record<string, string | readonly string[]>>;

function lifeOf({ state, folder, bytes, seconds, trouble }: RunCard, record: RunRecord): Lines {
  const { run, startedAt, clock, bus, seed, exact, inexact, origin } = record;
  const length = seconds === undefined ? '?' : clockLabel(seconds);
  return {
    run,
    folder: `${folder}, ${sizeLabel(bytes)}`,
    state: trouble === undefined ? state : `${state}: ${trouble}`,
    begun: `${startedAt}, ${clock} clock, ${bus} bus`,
    length,
    seed: String(seed),
    exact: exact ? 'yes: it can be played again byte for byte' : `no: ${inexact ?? ''}`,
    ...(origin === undefined
      ? {}
      : {
          origin: `${origin.how} of ${origin.run} at ${clockLabel(origin.at / record.sampleRate)}`,
        }),
    scenario: record.scenario.hash,
  };
}

function contentOf({ laps }: RunCard, { journal, ancestry, digest, sounds, shelved }: Told): Lines {
  const { envelopes, drops, controls, happenings, checkpoints } = journal;
  const percent = (ancestry.share * 100).toFixed(ancestry.share === 1 ? 0 : 2);
  const open = ancestry.open.length === 0 ? '' : `; open: ${ancestry.open.join(', ')}`;
  return {
    journal: [
      `${envelopes} envelopes, laps up to ${laps ?? '?'}`,
      `${drops} drops, ${controls} controls, ${happenings} happenings, ${checkpoints} checkpoints`,
      ...(digest === undefined ? [] : [`digest ${digest}`]),
    ],
    ancestry: `${percent}% of ${ancestry.sounds} sounds are closed${open}`,
    sound: sounds.length === 0 ? 'none yet' : sounds,
    ...(shelved.length === 0 ? {} : { shelved }),
  };
}

function castOf({ agents = [], links = [], models, versions }: RunRecord): Lines {
  return {
    agents: agents.map(({ id, kind }) => (id === kind ? id : `${id} (${kind})`)).join(', ') || '?',
    links: links.map(({ from, to, way }) => `${from} ${way === 'feeds' ? '->' : '~>'} ${to}`),
    models: models.map(({ role, run, hash, trained }) => {
      return `${role}: ${run} ${hash.slice(0, 16)}${trained ? '' : ', untrained'}`;
    }),
    versions: Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  };
}
