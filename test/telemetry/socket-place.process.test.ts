import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveSockets, prepareSocket, socketPath } from '../../src/telemetry/index.js';

describe('the place of sockets', () => {
  let home = '';
  let env: { XDG_RUNTIME_DIR: string };
  const servers: Server[] = [];
  const listen = async (run: string): Promise<string> => {
    const path = await prepareSocket(run, env);
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once('listening', resolve));
    servers.push(server);
    return path;
  };
  /** A process that listens and is killed leaves its file behind. */
  const leaveBehind = async (run: string): Promise<string> => {
    const path = await prepareSocket(run, env);
    const die = "() => process.kill(process.pid, 'SIGKILL')";
    const program = `require('net').createServer().listen(process.argv[1], ${die})`;
    spawnSync(process.execPath, ['-e', program, path]);
    return path;
  };

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'demiurge-sock-'));
    env = { XDG_RUNTIME_DIR: home };
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('is for one user alone, also where the folder stood open', async () => {
    mkdirSync(join(home, 'demiurge'));
    chmodSync(join(home, 'demiurge'), 0o777);
    await prepareSocket('abcd1234', env);
    expect(statSync(join(home, 'demiurge')).mode & 0o777).toBe(0o700);
  });

  it('refuses a folder that is a link', async () => {
    symlinkSync(tmpdir(), join(home, 'demiurge'));
    await expect(prepareSocket('abcd1234', env)).rejects.toThrow('somebody else');
  });

  it('refuses a path that no kernel takes', async () => {
    const far = { XDG_RUNTIME_DIR: join(home, 'x'.repeat(100)) };
    await expect(prepareSocket('abcd1234', far)).rejects.toThrow('too long');
  });

  it('finds those who answer and sweeps away what the dead left', async () => {
    const path = await leaveBehind('aaaaaaaa');
    await listen('bbbbbbbb');
    expect(existsSync(path)).toBe(true);
    expect((await liveSockets(env)).map(({ run }) => run)).toEqual(['bbbbbbbb']);
    expect(existsSync(path)).toBe(false);
  });

  it('finds nothing where nothing was ever played', async () => {
    expect(await liveSockets({ XDG_RUNTIME_DIR: join(home, 'none') })).toEqual([]);
    expect(socketPath('abcd1234', env)).toBe(join(home, 'demiurge', 'abcd1234.sock'));
  });
});
