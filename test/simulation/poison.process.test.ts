// What an agent dies of again and again is kept from it, so that it need not be parked; and kept
// for people to look at.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type AnyAgentKind, defineAgent } from '../../src/agents/index.js';
import {
  type HappenedRecord,
  type JournalRecord,
  readPins,
  readShelf,
} from '../../src/archive/index.js';
import { port } from '../../src/core/index.js';
import type { RunOptions, Summary } from '../../src/swarm/index.js';
import type { TelemetryRecord } from '../../src/telemetry/index.js';
import { casting, link, play, relay, scenario } from '../swarm/play.js';
import { breaches } from './breaches.js';
import stuck from './stuck-relay.js';

/** Says 0, 1, 2, 0, 1, 2, …, ten times in all. */
const counter = defineAgent({
  kind: 'counter',
  summary: 'says numbers that come again',
  params: z.object({ times: z.number().default(1) }),
  inputs: {},
  outputs: { out: port.control('a number') },
  ticks: () => ({ everySeconds: 0.01, count: 10 }),
  start: () => 0,
  receive: (said: number) => ({
    state: said + 1,
    emit: [{ port: 'out', signal: { name: 'n', value: said % 3 } } as const],
  }),
});

const kindFile = new URL('./stuck-relay.ts', import.meta.url).pathname;

const piece = scenario(
  [
    casting('a', {}, counter),
    { ...casting('b', { poison: 1 }, stuck), isolation: 'process', kindFile },
    casting('c', {}, relay),
  ],
  [link('a', 'b'), link('a', 'c')],
);

interface Poisoned {
  readonly summary: Summary;
  readonly records: readonly JournalRecord[];
  readonly outFolder: string;
}

async function played(over = piece, options: Partial<RunOptions> = {}): Promise<Poisoned> {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-poison-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const outFolder = join(home, 'run');
  return { ...(await play(over, { ...options, outFolder })), outFolder };
}

const dropped = (records: readonly JournalRecord[], why: string): string[] =>
  records.flatMap((r) => (r.type === 'dropped' && r.reason === why ? [r.id] : []));

const shelvings = (records: readonly JournalRecord[]): HappenedRecord[] =>
  records.filter((r): r is HappenedRecord => r.type === 'happened' && r.what === 'shelved');

describe('a message that kills whoever hears it', () => {
  it('is shelved after two deaths, and the rest is heard (fault 27)', async () => {
    const heard: TelemetryRecord[] = [];
    const telemetry = (record: TelemetryRecord): void => void heard.push(record);
    const { summary, records, outFolder } = await played(piece, { telemetry });
    expect(breaches({ piece, summary, records })).toEqual([]);
    expect(summary.agents[1]).toMatchObject({ restarts: 2, received: 7 });
    expect(dropped(records, 'crash')).toEqual(['a.2', 'a.5']);
    expect(dropped(records, 'shelved')).toEqual(['a.8']);
    const says = 'a.5 at in: b died over it, 2 times on end: SIGKILL';
    expect(shelvings(records)).toMatchObject([{ agent: 'b', time: 40, says }]);
    const alerts = heard.filter(({ type }) => type === 'alert');
    expect(alerts).toContainEqual(expect.objectContaining({ word: 'SHELVED', subject: 'b' }));
    expect(readShelf(outFolder)).toEqual([
      {
        id: 'a.5',
        agent: 'b',
        port: 'in',
        time: 40,
        why: 'b died over it, 2 times on end: SIGKILL',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(readPins(outFolder)).toEqual([{ pin: 'envelope', envelope: 'a.5', at: 0.04 }]);
  });

  it('stays where others hear it without harm', async () => {
    const { summary } = await played();
    expect(summary.agents[2]).toMatchObject({ received: 10, dropped: 0 });
  });
});

describe('a message that was being heard when its receiver died', () => {
  it('is not to blame when it was heard without harm in between', async () => {
    const b = { ...casting('b', { dies: ['a.2', 'a.8'] }, stuck), isolation: 'process' } as const;
    const cast = [casting('a', {}, counter), { ...b, kindFile }];
    const { summary, records, outFolder } = await played(scenario(cast, [link('a', 'b')]));
    expect(dropped(records, 'crash')).toEqual(['a.2', 'a.8']);
    expect(summary.agents[1]).toMatchObject({ restarts: 2, received: 8 });
    expect([...shelvings(records), ...readShelf(outFolder)]).toEqual([]);
  });

  it('is shelved by hangs too, and by as many as the scenario says', async () => {
    const hanging: AnyAgentKind = {
      ...stuck,
      async receive(state, message, context) {
        if (message.port !== 'tick' && message.signal.value === 1)
          await new Promise<never>(() => {});
        return stuck.receive(state, message, context);
      },
    };
    const cast = [casting('a', {}, counter), casting('b', {}, hanging)];
    const supervision = { hangSeconds: 0.1, shelveAfter: 1 };
    const { records } = await played(scenario(cast, [link('a', 'b')], { supervision }));
    expect(dropped(records, 'crash')).toEqual(['a.2']);
    expect(dropped(records, 'shelved')).toEqual(['a.5', 'a.8']);
  });
});

describe('an agent that dies at every start', () => {
  it('is parked soon, and the scenario goes on without it (fault 4)', async () => {
    let starts = 0;
    const kind: AnyAgentKind = {
      ...stuck,
      start: () => {
        if (++starts > 1) throw new Error('no room');
        return 0;
      },
    };
    const cast = [casting('a', {}, counter), casting('b', { hangs: ['a.1'] }, kind), casting('c')];
    const supervision = { hangSeconds: 0.1, restarts: 5, windowSeconds: 300 };
    const four = scenario(cast, [link('a', 'b'), link('a', 'c')], { supervision });
    const { summary, records } = await played(four);
    expect(starts).toBeLessThanOrEqual(12);
    expect(records.filter((r) => r.type === 'happened' && r.what === 'parked')).toHaveLength(1);
    expect(summary.agents[2]).toMatchObject({ received: 10, dropped: 0 });
    expect(dropped(records, 'down')).toHaveLength(9);
  });
});
