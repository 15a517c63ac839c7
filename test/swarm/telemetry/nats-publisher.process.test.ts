import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectNatsBus, findNatsServer } from '../../../src/bus/index.js';
import type { Bus } from '../../../src/bus/index.js';
import { Broadcast, publishTelemetry } from '../../../src/swarm/index.js';
import { onRunsOf, openBusLine } from '../../../src/telemetry/index.js';
import type { TelemetryLine, TelemetryRecord } from '../../../src/telemetry/index.js';
import { demiurge } from '../../cli/launched.js';
import { alertOf, saidAs, sceneOf, stateAt } from '../../telemetry/sample-records.js';

const RUN = 'abcd1234';
/** The viewer may hear telemetry and say nothing at all. */
const USERS = `authorization { users = [
  { user: engine, password: secret }
  { user: viewer, password: looks, permissions: {
    publish: { deny: ">" }, subscribe: { allow: ["demiurge.*.telemetry.>"] } } } ] }`;

describe('telemetry over NATS', () => {
  let home = '';
  let port = 0;
  let server: ChildProcess;
  const buses: Bus[] = [];
  const connected = async (user: string): Promise<Bus> => {
    const servers = `nats://${user}@127.0.0.1:${port}`;
    const bus = await connectNatsBus({ servers, name: 'test', run: RUN, onError: () => {} });
    buses.push(bus);
    return bus;
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'demiurge-nats-'));
    writeFileSync(join(home, 'users.conf'), USERS);
    const { path } = findNatsServer() as { path: string };
    const args = ['-a', '127.0.0.1', '-p', '-1', '-c', join(home, 'users.conf')];
    server = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await vi.waitFor(() => expect(said).toContain('Server is ready'), 10_000);
    port = Number(/connections on 127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
    await demiurge(['--version']);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });
  afterAll(() => {
    server.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  const published = async (): Promise<Broadcast> => {
    const broadcast = new Broadcast();
    publishTelemetry(await connected('engine:secret'), RUN, broadcast);
    broadcast.tell(sceneOf(RUN));
    broadcast.tell(stateAt(1));
    broadcast.tell(alertOf(1));
    return broadcast;
  };
  const watched = async (
    user: string,
  ): Promise<{ line: TelemetryLine; heard: TelemetryRecord[] }> => {
    const heard: TelemetryRecord[] = [];
    const hearer = { hear: (record: TelemetryRecord) => void heard.push(record), gone: () => {} };
    return { line: openBusLine(await connected(user), RUN, hearer), heard };
  };
  const control = { name: 'mute', agent: 'mel', on: true } as const;

  it('reaches whoever may only watch, with all that stands, and lets them do nothing', async () => {
    const broadcast = await published();
    const asked: unknown[] = [];
    broadcast.openDesk(async (request) => {
      asked.push(request);
      return { done: true, says: 'mel is mute' };
    });
    const viewer = await watched('viewer:looks');
    await vi.waitFor(() => expect(viewer.heard).toContainEqual(alertOf(1)), 6000);
    expect(viewer.heard).toContainEqual(sceneOf(RUN));
    broadcast.tell(saidAs(1));
    await vi.waitFor(() => expect(viewer.heard).toContainEqual(saidAs(1)));
    viewer.line.send({ v: 1, request: 1, control });
    const engineer = await watched('engine:secret');
    engineer.line.send({ v: 1, request: 2, control });
    const answer = { type: 'answer', request: 2, done: true, says: 'mel is mute' };
    await vi.waitFor(() => expect(engineer.heard).toContainEqual(answer));
    expect(asked).toEqual([control]);
    broadcast.tell({ type: 'ended', reason: 'finished' });
    await vi.waitFor(() => expect(viewer.heard.at(-1)?.type).toBe('ended'));
    await broadcast.close();
  });

  it('tells who asks at once, and names its run to who knows none', async () => {
    const broadcast = await published();
    const found: string[] = [];
    const stop = onRunsOf(await connected('viewer:looks'), (run) => void found.push(run));
    const { heard } = await watched('engine:secret');
    await vi.waitFor(() => expect(heard[0]).toEqual(sceneOf(RUN)));
    await vi.waitFor(() => expect(found[0]).toBe(RUN), 6000);
    stop();
    await broadcast.close();
  });

  it('holds a flood within its bounds and tells of the gap', async () => {
    const broadcast = await published();
    const { heard } = await watched('viewer:looks');
    await vi.waitFor(() => expect(heard).toContainEqual(sceneOf(RUN)), 6000);
    for (let n = 0; n < 5000; n++) broadcast.tell(saidAs(n, 1000));
    await vi.waitFor(() => expect(heard).toContainEqual(saidAs(4999, 1000)), 6000);
    const gaps = heard.filter((record) => record.type === 'gap');
    const said = heard.filter(({ type }) => type === 'said').length;
    expect(gaps.reduce((sum, { records }) => sum + records, 0)).toBe(5000 - said);
    expect(said).toBeLessThan(600);
    await broadcast.close();
  });

  it('is what top --bus shows', async () => {
    const broadcast = await published();
    const bus = ['--bus', `nats://viewer:looks@127.0.0.1:${port}`];
    const { code, out, err } = await demiurge(['top', ...bus, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ run: RUN, scene: { title: 'Mini' } });
    await broadcast.close();
    const nobody = await demiurge(['top', ...bus]);
    expect([nobody.code, nobody.out]).toEqual([2, '']);
    expect(nobody.err).toContain('no run tells anything');
    expect(nobody.err).not.toContain('looks');
  });
});
