import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type AnyAgentKind, defineAgent, seconds } from '../../src/agents/index.js';
import {
  ARCHIVE_POLICY_DEFAULT,
  type JournalRecord,
  hashOf,
  readJournal,
} from '../../src/archive/index.js';
import { type Control, LIMITS_DEFAULT, type Limits, port } from '../../src/core/index.js';
import type { Casting, Scenario, Supervision } from '../../src/scenarios/index.js';
import { type RunOptions, type Summary, runSwarm } from '../../src/swarm/index.js';
import { type Link, checkTopology } from '../../src/topologies/index.js';

/**
 * Counts what it hears, adds a little chance, and passes it on after a few turns of the event
 * loop.
 */
export const relay = defineAgent({
  kind: 'relay',
  summary: 'says what it hears, changed a little',
  params: z.object({
    every: seconds().optional(),
    count: z.number().optional(),
    times: z.number().default(1),
    turns: z.number().default(0),
    after: z.number().default(0),
  }),
  inputs: { in: port.control('anything') },
  outputs: { out: port.control('it again') },
  ticks: ({ every, count }) =>
    every === undefined
      ? undefined
      : { everySeconds: every, ...(count === undefined ? {} : { count }) },
  start: () => 0,
  async receive(heard: number, message, { params, random }) {
    for (let turn = random.below(params.turns + 1); turn > 0; turn--) await nextTurn();
    const value = (message.signal as Control).value * 0.5 + random.next() + heard;
    const said = { port: 'out', signal: { name: 'n', value }, after: params.after } as const;
    return { state: heard + 1, emit: Array.from({ length: params.times }, () => said) };
  },
});

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** An agent of the given kind with written params. */
export function casting(
  id: string,
  written: Record<string, unknown> = {},
  kind: AnyAgentKind = relay,
): Casting {
  return { id, kind, params: kind.params.parse(written), written, runs: {}, isolation: 'inline' };
}

/** A link from `a.out` to `b.in`; with a delay it returns. */
export function link(from: string, to: string, rest: Partial<Link> = {}): Link {
  const delaySamples = rest.delaySamples ?? 0;
  return {
    from: { agent: from, port: 'out' },
    to: { agent: to, port: 'in' },
    way: delaySamples > 0 ? 'returns' : 'feeds',
    delaySamples,
    gain: 1,
    every: 1,
    probability: 1,
    laps: 1000,
    keep: 'oldest',
    ...rest,
  };
}

/** A link between the audio ports of two agents. */
export function audioLink(from: string, to: string, rest: Partial<Link> = {}): Link {
  const plain = link(from, to, rest);
  return { ...plain, from: { agent: from, port: 'audio' }, to: { agent: to, port: 'audio' } };
}

/** A scenario at 1,000 samples a second. */
export function scenario(
  cast: readonly Casting[],
  links: readonly Link[],
  rest: { seed?: number; limits?: Partial<Limits>; supervision?: Partial<Supervision> } = {},
): Scenario {
  const members = cast.map(({ id, kind }) => ({ id, ...kind }));
  const topology = checkTopology(members, links);
  if (!topology.ok) throw new Error(JSON.stringify(topology.problems));
  return {
    title: 'test',
    file: '/nowhere.yaml',
    text: 'title: test\n',
    folder: '/',
    seed: rest.seed ?? 7,
    clock: 'virtual',
    durationSeconds: undefined,
    sampleRate: 1000,
    archive: ARCHIVE_POLICY_DEFAULT,
    supervision: { restarts: 10, windowSeconds: 60, shelveAfter: 2, ...rest.supervision },
    limits: { ...LIMITS_DEFAULT, ...rest.limits },
    cast,
    topology: topology.value,
  };
}

/** Plays a scenario into a folder of its own and returns its account and its journal. */
export async function play(
  piece: Scenario,
  options: Partial<RunOptions> = {},
): Promise<{ summary: Summary; records: JournalRecord[]; audio: string[] }> {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-swarm-'));
  try {
    const { outFolder = join(home, 'run') } = options;
    const summary = await runSwarm(piece, { ...options, outFolder });
    const records = [...readJournal(join(outFolder, 'journal'))];
    const audio = summary.audio.map(({ file }) => hashOf(readFileSync(join(outFolder, file))));
    return { summary, records, audio };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
