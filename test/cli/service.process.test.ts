import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demiurge, startDemiurge, written } from './launched.js';
import { withFolder, writeMini } from './spoken.js';

const isThere = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
/** Hears what a service manager would: Node cannot listen to datagrams of a Unix socket. */
const LISTENER = `
import socket, sys
place = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
place.bind(sys.argv[1])
print('listening', flush=True)
while True: print(place.recv(4096).decode().replace(chr(10), ' | '), flush=True)
`;
const CAN_HEAR = isThere('systemd-notify') && isThere('python3');

describe('demiurge install-service', () => {
  it('writes a unit once, leaves an equal one, and replaces another only when forced', () =>
    withFolder(async (folder) => {
      const scenario = writeMini(folder);
      const units = join(folder, 'units');
      const args = ['install-service', scenario, '--units', units, '--home', folder];
      const install = (...more: string[]): ReturnType<typeof demiurge> =>
        demiurge([...args, '--account', 'piece', ...more]);

      const printed = await install('--print');
      expect(printed).toMatchObject({ code: 0 });
      expect(existsSync(units)).toBe(false);
      expect(await install()).toMatchObject({ code: 0 });
      const file = join(units, 'demiurge-mini.service');
      expect(readFileSync(file, 'utf8')).toBe(printed.out);
      expect((await install()).out).toContain('as it should be');

      writeFileSync(file, '# by hand\n');
      const refused = await install();
      expect(refused).toMatchObject({ code: 2 });
      expect(refused.err).toContain('another unit of this name');
      expect(readFileSync(file, 'utf8')).toBe('# by hand\n');
      await install('--force');
      expect(readFileSync(file, 'utf8')).toBe(printed.out);
      expect(readdirSync(units)).toEqual(['demiurge-mini.service']);
    }));

  it.skipIf(!isThere('systemd-analyze'))(
    'writes units that systemd finds nothing wrong with (skipped without systemd-analyze)',
    () =>
      withFolder(async (folder) => {
        for (const manager of ['system', 'user']) {
          const file = join(folder, 'demiurge-mini.service');
          const args = ['install-service', writeMini(folder), `--${manager}`, '--print'];
          const env = { XDG_RUNTIME_DIR: folder };
          const printed = await demiurge([...args, '--home', join(folder, '50% of it')], { env });
          expect(printed).toMatchObject({ code: 0 });
          writeFileSync(file, printed.out);
          const how = ['verify', `--${manager}`, '--man=no', '--recursive-errors=no', file];
          const { status, stderr } = spawnSync('systemd-analyze', how, {
            encoding: 'utf8',
            env: { ...process.env, ...env },
          });
          expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        }
      }),
  );

  it('installs nothing for a scenario with problems', () =>
    withFolder(async (folder) => {
      const scenario = writeMini(folder, '  - out.audio -> past.audio');
      const units = join(folder, 'units');
      const { code } = await demiurge(['install-service', scenario, '--units', units]);
      expect(code).toBe(2);
      expect(existsSync(units)).toBe(false);
    }));
});

describe('an engine under a service manager', () => {
  it.skipIf(!CAN_HEAR)(
    'says that it is ready, again and again that it lives, and that it stops ' +
      '(skipped without systemd-notify and python3)',
    () =>
      withFolder(async (folder) => {
        const socket = join(folder, 'notify');
        const listener = spawn('python3', ['-c', LISTENER, socket]);
        const heard: string[] = [];
        const hears = (word: string): Promise<void> =>
          new Promise((resolve) => {
            const look = (): void => {
              if (heard.some((line) => line.includes(word))) resolve();
            };
            listener.stdout.on('data', look);
            look();
          });
        listener.stdout.on('data', (chunk: Buffer) =>
          heard.push(...chunk.toString().trim().split('\n')),
        );
        try {
          await hears('listening');
          const env = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '200000' };
          const args = ['run', writeMini(folder), '--forever', '--clock', 'real', '--no-dashboard'];
          const engine = startDemiurge(args, { cwd: folder, env });
          await written(engine, 'first audio');
          await hears('READY=1 | WATCHDOG=1 | STATUS=Mini · run ');
          heard.length = 0;
          await hears('WATCHDOG=1');
          expect(heard.join()).not.toContain('READY');
          engine.child.kill('SIGTERM');
          await hears('STOPPING=1');
          expect(await engine.ended).toMatchObject({ code: 0, err: '' });
        } finally {
          listener.kill('SIGKILL');
        }
      }),
  );

  it('plays on, and says so once, where nobody can tell the manager', () =>
    withFolder(async (folder) => {
      const env = { NOTIFY_SOCKET: join(folder, 'gone'), WATCHDOG_USEC: '200000', PATH: folder };
      const args = ['run', writeMini(folder), '--clock', 'real', '--no-dashboard'];
      const { code, err } = await demiurge(args, { cwd: folder, env });
      expect(code).toBe(0);
      expect(err.match(/the service manager is not told/g)).toHaveLength(1);
    }));
});
