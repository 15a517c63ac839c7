// Faults 48, 49 and 51: who is not known is refused, and who is known does only what it must.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  connectNatsBus,
  createNatsKey,
  findNatsServer,
  isSafeServer,
} from '../../src/bus/index.js';
import type { Bus, FoundServer } from '../../src/bus/index.js';
import { Broadcast, publishTelemetry } from '../../src/swarm/index.js';
import type { Summary } from '../../src/swarm/index.js';
import { openBusLine } from '../../src/telemetry/index.js';
import type { LineHearer, TelemetryRecord } from '../../src/telemetry/index.js';
import { sceneOf, stateAt } from '../telemetry/sample-records.js';
import { demiurge, startDemiurge } from './launched.js';
import { spoken, writeMini } from './spoken.js';

const RUN = 'abcd1234';

function hearing(): [TelemetryRecord[], LineHearer] {
  const heard: TelemetryRecord[] = [];
  return [heard, { hear: (record) => void heard.push(record), gone: () => {} }];
}

describe('a bus with keys', () => {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-keys-'));
  const keys = join(home, 'keys');
  const key = (name: string): string => join(keys, `${name}.seed`);
  const installed = findNatsServer() as FoundServer;
  const buses: Bus[] = [];
  let scenario = '';
  let said = '';
  let servers = '';
  let server: ChildProcess;

  beforeAll(async () => {
    scenario = writeMini(home);
    const { code, err } = await spoken('bus-config', scenario, '--out', keys);
    expect([code, err]).toEqual([0, '']);
    const args = ['-p', '-1', '-c', join(keys, 'nats.conf')];
    server = spawn(installed.path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    server.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await vi.waitFor(() => expect(said).toContain('Server is ready'), 10_000);
    const port = /connections on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    servers = `nats://127.0.0.1:${port}`;
    await demiurge(['--version']);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });
  afterAll(() => {
    server.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  const as = async (name: string, complaints: string[] = []): Promise<Bus> => {
    const onError = (error: unknown, subject: string): void => {
      complaints.push(`${subject}: ${(error as Error).message}`);
    };
    const bus = await connectNatsBus({ servers, name, run: RUN, key: key(name), onError });
    buses.push(bus);
    return bus;
  };

  it('lets nobody in without a key, in one clear error', async () => {
    await expect(connectNatsBus({ servers, name: 'x' })).rejects.toThrow(
      /^the NATS server at nats:\/\/127\.0\.0\.1:\d+ refuses who comes without a key\n.*--key/,
    );
  });

  it('lets nobody in with a wrong key, and says which, but not what', async () => {
    const { seed } = await createNatsKey();
    const stranger = join(home, 'stranger.seed');
    writeFileSync(stranger, seed, { mode: 0o600 });
    const { code, out, err } = await demiurge(['top', '--bus', servers, '--key', stranger]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/refuses the key in \S*stranger\.seed\n {2}Try: .*\n$/);
    expect(err).not.toContain(seed);
  });

  it('lets no agent speak as another: nobody hears it, and one line tells of it', async () => {
    const complaints: string[] = [];
    const [past, ear] = [await as('agent-past'), await as('agent-ear', complaints)];
    const heard: unknown[] = [];
    const mine = `demiurge.${RUN}.signal.past.audio`;
    const engine = await as('engine');
    engine.subscribe(mine, {}, ({ body }) => void heard.push(body));
    for (let n = 0; n < 3; n++) ear.publish(mine, 'a forgery');
    await vi.waitFor(() => expect(complaints).toHaveLength(1));
    past.publish(mine, 'the truth');
    await vi.waitFor(() => expect(heard).toContain('the truth'));
    expect(heard).toEqual(['the truth']);
    expect(complaints).toEqual([
      `${mine}: the NATS server does not let this process speak as past`,
    ]);
    expect(said).toMatch(/Publish Violation.*signal\.past\.audio/);
  });

  it('brings a large array from who says it to who may hear it', async () => {
    const complaints: string[] = [];
    const [past, engine] = [await as('agent-past', complaints), await as('engine', complaints)];
    const large = new Float32Array(2 ** 19).map((_, i) => i % 97);
    const mine = `demiurge.${RUN}.signal.past.audio`;
    const heard: unknown[] = [];
    engine.subscribe(mine, {}, ({ body }) => void heard.push(body));
    await vi.waitFor(() => {
      past.publish(mine, large);
      expect(heard.length).toBeGreaterThan(0);
    });
    expect(heard[0]).toEqual(large);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['agent-ear', '>'],
    ['agent-ear', '$SYS.>'],
    ['agent-ear', '_INBOX_*.>'],
    ['agent-past', `demiurge.${RUN}.telemetry.>`],
    ['watcher', `demiurge.${RUN}.signal.>`],
    ['watcher', `demiurge.${RUN}.control.request`],
    ['controller', 'demiurge.>'],
  ])('%s may not listen to %s', async (name, pattern) => {
    const complaints: string[] = [];
    (await as(name, complaints)).subscribe(pattern, {}, () => {});
    await vi.waitFor(() => expect(complaints).toHaveLength(1));
    expect(complaints[0]).toContain(`Subscription to "${pattern}"`);
  });

  it.each([
    ['agent-ear', 'control.request', 'control'],
    ['agent-ear', 'control.baton', 'control'],
    ['agent-ear', 'telemetry.state', 'telemetry'],
    ['watcher', 'control.request', 'control'],
    ['watcher', 'telemetry.state', 'telemetry'],
    ['controller', 'signal.ear.descriptors', 'ear'],
  ])('%s may not say anything on %s', async (name, topic, what) => {
    const complaints: string[] = [];
    (await as(name, complaints)).publish(`demiurge.${RUN}.${topic}`, {});
    await vi.waitFor(() => expect(complaints).toHaveLength(1));
    expect(complaints[0]).toMatch(new RegExp(`does not let this process speak (as|of) ${what}$`));
  });

  it('the piece plays whole, split over two processes, and is watched', async () => {
    const refused = (): number => said.split('Violation').length;
    const before = refused();
    const complaints: string[] = [];
    const [heard, hearer] = hearing();
    openBusLine(await as('watcher', complaints), RUN, hearer);
    const place = ['--bus', servers, '--json'];
    const there = [...place, '--key', key('agent-past'), '--out', join(home, 'there')];
    const here = [...place, '--out', join(home, 'here'), '--run', RUN];
    const env = { DEMIURGE_NATS_SEED_FILE: key('engine') };
    const agent = startDemiurge(['agent', scenario, '--only', 'past', ...there]);
    const run = startDemiurge(['run', scenario, '--only', 'ear,out', ...here], { env });
    const [one, two] = [await agent.ended, await run.ended];
    expect(JSON.parse(one.out), one.err).toMatchObject({ run: RUN });
    const { agents } = JSON.parse(two.out) as Summary;
    expect(agents.every(({ received }) => received > 0)).toBe(true);
    expect(heard.map(({ type }) => type)).toEqual(expect.arrayContaining(['scene', 'ended']));
    expect([refused(), complaints]).toEqual([before, []]);
    for (const name of ['engine', 'agent-past']) {
      const seed = readFileSync(key(name), 'utf8').trim();
      expect(one.err + two.err + one.out + two.out).not.toContain(seed);
      const left = ['here', 'there'].map((folder) => join(home, folder));
      expect(spawnSync('grep', ['-rlF', seed, ...left]).stdout.toString()).toBe('');
    }
    expect(/has known holes/.test(two.err)).toBe(!isSafeServer(installed.version));
  });

  it('top shows a run to who has the key of a watcher', async () => {
    const broadcast = new Broadcast();
    publishTelemetry(await as('engine'), RUN, broadcast);
    broadcast.tell(sceneOf(RUN));
    broadcast.tell(stateAt(1));
    const bus = ['--bus', servers, '--key', key('watcher'), '--json'];
    const { code, out, err } = await demiurge(['top', ...bus]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ run: RUN, scene: { title: 'Mini' } });
    await broadcast.close();
  });

  it('an agent with the key of a watcher is told so, and does not wait for ever', async () => {
    const flags = ['--only', 'past', '--bus', servers, '--key', key('watcher')];
    const { code, err } = await demiurge(['agent', scenario, ...flags]);
    expect([code, err]).toEqual([2, expect.stringMatching(/baton: the conductor cannot be heard/)]);
  });

  it('keeps the seeds to their owner, and shows none', () => {
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    const files = readdirSync(keys).filter((name) => name.endsWith('.seed'));
    expect(files).toHaveLength(6);
    const conf = readFileSync(join(keys, 'nats.conf'), 'utf8');
    for (const name of files) {
      expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
      const seed = readFileSync(join(keys, name), 'utf8').trim();
      expect(conf + said).not.toContain(seed);
    }
  });
});
