import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Blobs, Journal, hashOf, openRun } from '../../src/archive/index.js';
import type { JournalRecord, RunArchive, RunRecord, SaidRecord } from '../../src/archive/index.js';
import { encodeWav } from '../../src/audio/index.js';
import { LIMITS_DEFAULT } from '../../src/core/index.js';

/** The sample rate of runs made here: low, so that they are small. */
export const RATE = 8000;

/** What differs from run to run made here. */
export interface Making {
  readonly folder: string;
  readonly record?: Partial<RunRecord>;
  readonly records?: readonly JournalRecord[];
  readonly seconds?: number;
  readonly reason?: string;
  /** Sounds by the hash that `sound` gave them. */
  readonly sounds?: readonly Float32Array[];
  /** The agents of its summary, with their kinds. */
  readonly kinds?: Readonly<Record<string, string>>;
}

/** A short tone. */
export function tone(seconds: number, hz: number): Float32Array {
  const length = Math.round(seconds * RATE);
  return Float32Array.from({ length }, (_, i) => 0.3 * Math.sin((2 * Math.PI * hz * i) / RATE));
}

/** A record of something said, as a journal keeps it. */
export function said(
  id: string,
  seconds: number,
  rest: Partial<Omit<SaidRecord, 'parents'>> & {
    readonly parents?: readonly (string | readonly [string, number])[];
    readonly sound?: Float32Array;
  } = {},
): SaidRecord {
  const { parents = [], sound, ...others } = rest;
  const audio = sound ?? tone(0.5, 440);
  return {
    type: 'said',
    id,
    time: Math.round(seconds * RATE),
    lap: 0,
    from: `${id.slice(0, id.lastIndexOf('.'))}.audio`,
    sequence: 1,
    carries: 'audio',
    form: { sampleRate: RATE, channels: 1, samples: audio.length },
    hash: hashOf(new Uint8Array(audio.buffer)),
    parents: parents.map((one) => (typeof one === 'string' ? ([one, 0] as const) : one)),
    ...others,
  };
}

const LINKS = [
  { from: 'violin.audio', to: 'out.audio', way: 'feeds' },
  { from: 'violin.audio', to: 'violin.heard', way: 'returns' },
];

/** Writes the folder of a run as the engine leaves it and opens it. */
export async function makeRun(making: Making): Promise<RunArchive> {
  const { folder, record, records = [], seconds = 6, sounds = [tone(0.5, 440)] } = making;
  mkdirSync(join(folder, 'audio'), { recursive: true });
  const text = 'title: made\n';
  writeFileSync(join(folder, 'scenario.yaml'), text);
  writeJson(join(folder, 'run.json'), { ...RECORD, ...record });
  const { kinds = { past: 'corpus', violin: 'violinist', out: 'recorder' }, reason } = making;
  writeJson(join(folder, 'summary.json'), {
    reason: reason ?? 'finished',
    logicalSeconds: seconds,
    agents: Object.entries(kinds).map(([id, kind]) => ({ id, kind })),
    links: LINKS,
    journal: { digest: 'd1'.repeat(32) },
  });
  const audio = { sampleRate: RATE, channels: [tone(seconds, 330)] };
  writeFileSync(join(folder, 'audio', 'out.wav'), encodeWav(audio));
  const journal = new Journal(join(folder, 'journal'));
  for (const one of records) journal.append(one);
  journal.close();
  const blobs = new Blobs(join(folder, 'blobs'), 1e9);
  for (const sound of sounds) {
    const bytes = new Uint8Array(sound.buffer);
    blobs.put(hashOf(bytes), bytes);
  }
  await blobs.close();
  return openRun(folder);
}

function writeJson(file: string, content: unknown): void {
  writeFileSync(file, JSON.stringify(content));
}

const RECORD: RunRecord = {
  run: 'aaaa1111',
  title: 'Made',
  seed: 7,
  clock: 'virtual',
  bus: 'embedded',
  startedAt: '2026-03-01T12:00:00.000Z',
  durationSeconds: 6,
  sampleRate: RATE,
  limits: LIMITS_DEFAULT,
  scenario: { file: 'scenario.yaml', hash: hashOf('title: made\n') },
  models: [{ role: 'una', run: 'una0test', hash: 'ab'.repeat(32), trained: true }],
  versions: { demiurge: '0.0.0', node: 'v20.0.0' },
  exact: true,
};

/** A violin that answers a recording, hears itself, and is silent for a while. */
export const STORY: readonly JournalRecord[] = [
  said('past.1', 0, { origins: [['trill.flac', 200]] }),
  said('violin.1', 0.5, { parents: ['past.1'] }),
  said('violin.2', 1, { parents: [['violin.1', 1]], lap: 1 }),
  said('grains.1', 1, {
    parents: ['past.1', 'violin.1'],
    from: 'grains.matches',
    carries: 'matches',
    form: {
      list: [
        { unit: 'past.1@0', distance: 1, rank: 1 },
        { unit: 'past.1@64', distance: 1, rank: 1 },
        { unit: 'violin.1@0', distance: 1, rank: 1 },
      ],
    },
  }),
  {
    type: 'dropped',
    id: 'violin.2',
    time: RATE,
    link: 'violin.audio ~> violin.heard',
    reason: 'laps',
  },
  { type: 'happened', time: 2 * RATE, what: 'died', agent: 'violin', says: 'killed' },
  { type: 'happened', time: 2 * RATE, what: 'restarted', agent: 'violin' },
  { type: 'control', time: 3 * RATE, id: 1, control: { name: 'mute', agent: 'past', on: true } },
  said('violin.3', 5, { parents: [['violin.2', 2]], lap: 2 }),
];

/** Gives a test a folder of its own and takes it away afterwards. */
export async function withPlace(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-site-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
