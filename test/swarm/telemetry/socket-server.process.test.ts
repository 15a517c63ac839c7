import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Broadcast, openSocketServer } from '../../../src/swarm/index.js';
import type { SocketServer } from '../../../src/swarm/index.js';
import { openSocketLine } from '../../../src/telemetry/index.js';
import type { TelemetryLine, TelemetryRecord } from '../../../src/telemetry/index.js';
import { alertOf, saidAs, sceneOf, stateAt } from '../../telemetry/sample-records.js';

const RUN = 'abcd1234';

describe('the socket of a run', () => {
  let home = '';
  let broadcast: Broadcast;
  let server: SocketServer;
  const lines: TelemetryLine[] = [];

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'demiurge-sock-'));
    broadcast = new Broadcast();
    server = await openSocketServer(RUN, broadcast, { XDG_RUNTIME_DIR: home });
  });
  afterEach(async () => {
    for (const line of lines.splice(0)) line.close();
    await broadcast.close();
    rmSync(home, { recursive: true, force: true });
  });

  interface Watcher {
    readonly line: TelemetryLine;
    readonly heard: TelemetryRecord[];
    isGone: boolean;
  }

  const watcher = async (): Promise<Watcher> => {
    const heard: TelemetryRecord[] = [];
    const it: { isGone: boolean } = { isGone: false };
    const line = await openSocketLine(server.path, {
      hear: (record) => void heard.push(record),
      gone: () => (it.isGone = true),
    });
    lines.push(line);
    return Object.assign(it, { line, heard });
  };
  const types = (heard: readonly TelemetryRecord[]): string => heard.map((r) => r.type).join(' ');

  it('tells a newcomer at once what stands and the last that was said', async () => {
    broadcast.tell(sceneOf(RUN));
    for (let n = 0; n < 500; n++) broadcast.tell(saidAs(n));
    broadcast.tell(stateAt(1));
    broadcast.tell(stateAt(2));
    broadcast.tell(alertOf(1));
    broadcast.tell({ ...alertOf(1), id: 'gone', over: 2 });
    const { heard } = await watcher();
    await vi.waitFor(() => expect(heard.at(-1)?.type).toBe('alert'));
    expect(heard[0]).toEqual(sceneOf(RUN));
    const said = heard.filter(({ type }) => type === 'said');
    expect([said.length, said.at(-1)]).toEqual([180, saidAs(499)]);
    expect(heard.slice(-2)).toEqual([stateAt(2), alertOf(1)]);
  });

  it('tells all watchers the same, and says something every second of silence', async () => {
    const [one, two] = [await watcher(), await watcher()];
    broadcast.tell(sceneOf(RUN));
    broadcast.tell(stateAt(1));
    await vi.waitFor(() => expect(two.heard).toHaveLength(2));
    expect(one.heard).toEqual(two.heard);
    await vi.waitFor(() => expect(types(one.heard)).toBe('scene state state'), 4000);
  });

  it('refuses controls unless the run takes them, and answers only who asked (T37)', async () => {
    const [one, two] = [await watcher(), await watcher()];
    const control = { name: 'mute', agent: 'mel', on: true } as const;
    one.line.send({ v: 1, request: 7, control });
    await vi.waitFor(() => expect(one.heard).toHaveLength(1));
    expect(one.heard[0]).toMatchObject({ type: 'answer', request: 7, done: false });
    expect(one.heard[0]).toMatchObject({ says: expect.stringContaining('--control') });
    const asked: unknown[] = [];
    broadcast.openDesk(async (request) => {
      asked.push(request);
      if (asked.length > 1) throw new Error('no such agent');
      return { done: true, says: 'mel is mute' };
    });
    two.line.send({ v: 1, request: 1, control });
    two.line.send({ v: 1, request: 2, control });
    await vi.waitFor(() => expect(two.heard).toHaveLength(2));
    expect(asked).toEqual([control, control]);
    expect(two.heard).toEqual([
      { type: 'answer', request: 1, done: true, says: 'mel is mute' },
      { type: 'answer', request: 2, done: false, says: 'no such agent' },
    ]);
    expect(one.heard).toHaveLength(1);
  });

  it('survives a watcher that sends rubbish, and one that crashes', async () => {
    const rude = connect(server.path);
    let answered = '';
    rude.on('data', (chunk: Buffer) => (answered += chunk.toString()));
    rude.write(`${'x'.repeat(100_000)}\nrubbish\n`);
    await vi.waitFor(() => expect(answered).toContain('no request that is known'));
    rude.destroy();
    const { heard } = await watcher();
    broadcast.tell(sceneOf(RUN));
    await vi.waitFor(() => expect(types(heard)).toBe('scene'));
  });

  it('is not held up by a watcher that stops reading, who learns of the gap (T32)', async () => {
    const stopped = await watcher();
    const { heard } = await watcher();
    broadcast.tell(sceneOf(RUN));
    await vi.waitFor(() => expect(stopped.heard).toHaveLength(1));
    stopped.line.pause();
    for (let n = 0; n < 4000; n++) {
      broadcast.tell(saidAs(n, 4000));
      if (n % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    broadcast.tell(stateAt(9));
    await vi.waitFor(() => expect(heard.at(-1)?.type).toBe('state'));
    expect(stopped.heard.length).toBeLessThan(200);
    stopped.line.resume();
    await vi.waitFor(() => expect(stopped.heard.at(-1)).toEqual(stateAt(9)));
    const gaps = stopped.heard.filter((record) => record.type === 'gap');
    const missed = gaps.reduce((sum, { records }) => sum + records, 0);
    const said = stopped.heard.filter(({ type }) => type === 'said').length;
    expect(missed).toBeGreaterThan(1000);
    expect(said + missed).toBe(4000);
  });

  it('lets its watchers hear the end, and is gone with the run', async () => {
    const one = await watcher();
    broadcast.tell({ type: 'ended', reason: 'finished' });
    await broadcast.close();
    await vi.waitFor(() => expect(one.isGone).toBe(true));
    expect(types(one.heard)).toBe('ended');
    await expect(watcher()).rejects.toThrow('ENOENT');
  });
});
