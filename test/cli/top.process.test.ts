import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseRecord } from '../../src/telemetry/index.js';
import { standIn } from './engine-stand-in.js';
import type { StandIn } from './engine-stand-in.js';
import { demiurge, start, startDemiurge } from './launched.js';

describe('demiurge top where there is no terminal', () => {
  let home = '';
  let engine: StandIn;
  const place = (): { env: Record<string, string> } => ({ env: { XDG_RUNTIME_DIR: home } });
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'demiurge-top-'));
    await demiurge(['--version']);
    engine = await standIn('abcd1234', home);
  });
  afterAll(async () => {
    await engine.end();
    rmSync(home, { recursive: true, force: true });
  });

  it('prints one plain page within 2 s and ends with 0 (T20, T21)', async () => {
    const began = performance.now();
    const { code, out, err } = await demiurge(['top'], {
      env: { ...place().env, TERM: 'dumb' },
    });
    // Seven times what it takes on a quiet machine: a wait for something that never comes is more.
    expect(performance.now() - began).toBeLessThan(10_000);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Mini');
    expect(out).toContain('mel');
    expect(out).toContain('LATE');
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\r');
    expect(out.endsWith('\n')).toBe(true);
  });

  it('prints one document with its version (T23)', async () => {
    const { code, out } = await demiurge(['top', 'abcd', '--json'], place());
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      v: 1,
      run: 'abcd1234',
      scene: { v: 1, title: 'Mini' },
      state: { type: 'state', agents: [{ id: 'mel' }] },
      life: null,
      alerts: [{ word: 'LATE' }],
    });
  });

  it('lists what plays, and takes the newest of several, saying so', async () => {
    const second = await standIn('zyxw9876', home);
    try {
      const { out } = await demiurge(['top', '--list'], place());
      expect(out.split('\n').map((line) => line.slice(0, 8))).toEqual(['zyxw9876', 'abcd1234', '']);
      const { out: json, err } = await demiurge(['top', '--json'], place());
      expect(JSON.parse(json)).toMatchObject({ run: 'zyxw9876' });
      expect(err).toBe('2 runs play here; this is the newest, zyxw9876 (see --list)\n');
    } finally {
      await second.end();
    }
  });

  it('ends quietly when nobody reads on', async () => {
    const command = '"$0" bin/demiurge.mjs top --follow | head -1 | cut -c1-12';
    const { code, out, err } = await start('sh', ['-c', command, process.execPath], place()).ended;
    expect({ code, out, err }).toEqual({ code: 0, out: '{"v":1,"type\n', err: '' });
  });

  it('follows a run line by line to its end', async () => {
    const second = await standIn('bbbbbbbb', home);
    const running = startDemiurge(['top', 'bbbb', '--follow'], place());
    let seen = '';
    running.child.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    await vi.waitFor(() => expect(seen).toContain('"said"'), 10_000);
    second.broadcast.tell({ type: 'ended', reason: 'finished' });
    await second.end();
    const { code, out, err } = await running.ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const records = out.trim().split('\n').map(parseRecord);
    expect(records[0]).toMatchObject({ type: 'scene', run: 'bbbbbbbb' });
    expect(records.at(-1)).toEqual({ type: 'ended', reason: 'finished' });
    expect(records).not.toContain(undefined);
  });

  it('says that nothing plays, and what to try', async () => {
    const none = { env: { XDG_RUNTIME_DIR: join(home, 'none') } };
    const { code, out, err } = await demiurge(['top'], none);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^nothing plays on this machine\n {2}Try: .*npm start.*\n$/);
    const other = await demiurge(['top', 'nosuchid'], place());
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('abcd1234')]);
  });
});
