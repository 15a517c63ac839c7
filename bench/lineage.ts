import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SaidRecord } from '../src/archive/index.js';
import { ancestryOf, closedAncestry, openIndex, openRun } from '../src/archive/index.js';
import { seededRandom } from '../src/core/index.js';

/** How long the index of a made-up run takes, and what is asked of it. */
export interface LineageBench {
  readonly envelopes: number;
  readonly rebuildSeconds: number;
  readonly openMs: number;
  /** The whole ancestry of the last sound, with an open index for the first time and again. */
  readonly whyFirstMs: number;
  readonly whyMs: number;
  readonly ancestors: number;
  readonly closedMs: number;
  readonly closedShare: number;
}

const AGENTS = ['past', 'una', 'mel', 'ear', 'seq', 'grains', 'violin'] as const;

/**
 * Writes the folder of a run that never played: so many envelopes in babel's manner, each with up
 * to four parents among the last two hundred, so that the last descends from nearly all.
 */
export function writeMadeUpRun(folder: string, envelopes: number): void {
  const journal = join(folder, 'journal');
  mkdirSync(journal, { recursive: true });
  const random = seededRandom(1, 'lineage');
  const laps: number[] = [];
  const lines: string[] = [];
  for (let n = 0; n < envelopes; n++) {
    const agent = AGENTS[n % AGENTS.length] as string;
    const parents = Array.from({ length: n < 7 || agent === 'past' ? 0 : 1 + (n % 4) }, () => {
      const parent = Math.max(0, n - 1 - Math.floor(random.next() * 200));
      return [idOf(parent), (laps[parent] as number) + (n % 3 === 0 ? 1 : 0)] as const;
    });
    laps.push(Math.max(0, ...parents.map(([, lap]) => lap)));
    const record: SaidRecord = {
      type: 'said',
      id: idOf(n),
      time: Math.floor(n / 7) * 22_050,
      lap: laps[n] as number,
      parents,
      from: `${agent}.audio`,
      sequence: Math.floor(n / 7) + 1,
      carries: 'audio',
      form: { sampleRate: 44_100, channels: 1, samples: 40_960 },
      hash: n.toString(16).padStart(64, '0'),
      ...(agent === 'past' ? { origins: [['violin.flac', n * 100] as const] } : {}),
    };
    lines.push(JSON.stringify(record));
  }
  for (let at = 0; at < lines.length; at += SEGMENT) {
    const name = `${String(at / SEGMENT + 1).padStart(6, '0')}.jsonl`;
    writeFileSync(join(journal, name), `${lines.slice(at, at + SEGMENT).join('\n')}\n`);
  }
  writeFileSync(join(folder, 'run.json'), JSON.stringify(RECORD));
}

const SEGMENT = 50_000;

const RECORD = {
  run: 'madeup00',
  title: 'Made up',
  seed: 1,
  clock: 'virtual',
  bus: 'embedded',
  startedAt: '2026-01-01T00:00:00.000Z',
  sampleRate: 44_100,
  scenario: { file: 'scenario.yaml', hash: '' },
  models: [],
  versions: {},
  exact: true,
  agents: AGENTS.map((id) => ({ id, kind: id })),
  links: [],
};

function idOf(n: number): string {
  return `${AGENTS[n % AGENTS.length]}.${Math.floor(n / AGENTS.length) + 1}`;
}

/** The last that is no first word: those descend from nobody. */
function lastSound(envelopes: number): number {
  return (envelopes - 1) % AGENTS.length === 0 ? envelopes - 2 : envelopes - 1;
}

/** Times the index of a made-up run, written to a temporary folder. */
export async function benchLineage({
  envelopes = 100_000,
}: {
  readonly envelopes?: number;
} = {}): Promise<LineageBench> {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-lineage-'));
  try {
    writeMadeUpRun(folder, envelopes);
    const run = openRun(folder);
    const [rebuildMs] = await timed(async () => (await openIndex(run)).close());
    const [openMs, index] = await timed(() => openIndex(run));
    const last = index.find(idOf(lastSound(envelopes))) as number;
    const [whyFirstMs] = await timed(() => ancestryOf(index, [last]));
    const [whyMs, { members }] = await timed(() => ancestryOf(index, [last]));
    const [closedMs, { share }] = await timed(() => closedAncestry(index));
    index.close();
    const ancestors = members.length;
    const rebuildSeconds = rebuildMs / 1000;
    const times = { rebuildSeconds, openMs, whyFirstMs, whyMs, ancestors, closedMs };
    return { envelopes, ...times, closedShare: share };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [number, T]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}
