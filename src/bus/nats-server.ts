import { randomBytes } from 'node:crypto';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../core/index.js';

/** A nats-server that is installed here. */
export interface FoundServer {
  readonly path: string;
  /** Such as `2.9.10`. */
  readonly version: string;
}

/** A nats-server of our own, on the loopback only. */
export interface SpawnedServer {
  /** Such as `nats://<token>@127.0.0.1:40123`: secret, as nobody is let in without the token. */
  readonly url: string;
  readonly pid: number;
  /** Ends the server and waits until it is gone. */
  stop(): Promise<void>;
}

/** How a server is started. */
export interface SpawnOptions {
  /** 0 or nothing: a free one. */
  readonly port?: number;
  /**
   * Where the server works and would leave anything it writes; the current folder when not given.
   */
  readonly folder?: string;
  /** What lets others in, of letters and digits; drawn at random when absent. */
  readonly token?: string;
  /** Starts it again at the same port whenever it dies unasked. */
  readonly revive?: boolean;
}

const CONFIG = fileURLToPath(new URL('./spawned-server.conf', import.meta.url));
const READY_TIMEOUT_MS = 10_000;
const REVIVE_WAIT_MS = 250;
/** Debian puts servers where an ordinary user's PATH does not look. */
const MORE_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/usr/local/bin'];

/**
 * Looks for nats-server: the file named by DEMIURGE_NATS_SERVER alone if set, else along the PATH.
 */
export function findNatsServer(
  env: Readonly<Record<string, string | undefined>> = process.env,
): FoundServer | undefined {
  for (const path of candidates(env)) {
    const version = versionOf(path);
    if (version !== undefined) return { path, version };
  }
  return undefined;
}

/**
 * Starts a nats-server on 127.0.0.1 and waits until it accepts connections, of those who know its
 * token; it ends with this process. Throws a UserError when none is installed or it cannot start.
 */
export async function spawnNatsServer(options: SpawnOptions = {}): Promise<SpawnedServer> {
  const found = findNatsServer();
  if (found === undefined) throw notInstalled();
  const how = { token: newToken(), ...options, path: found.path };
  const child = start(how);
  return new LocalServer(child, await untilReady(child), how);
}

/** Begins with a letter: the server would read some strings of digits as numbers. */
function newToken(): string {
  return `t${randomBytes(24).toString('hex')}`;
}

interface Start extends SpawnOptions {
  readonly path: string;
  readonly token: string;
}

class LocalServer implements SpawnedServer {
  readonly url: string;
  readonly #options: Start;
  #child: ChildProcess;
  #isStopping = false;

  constructor(child: ChildProcess, port: number, options: Start) {
    this.url = `nats://${options.token}@127.0.0.1:${port}`;
    this.#options = { ...options, port };
    this.#child = child;
    this.#keep(child);
    process.once('exit', this.#kill);
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    process.off('exit', this.#kill);
    await end(this.#child);
  }

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };

  #keep(child: ChildProcess): void {
    this.#child = child;
    // A run that forgot to stop its server must still be able to end.
    child.unref();
    child.once('exit', () => {
      if (this.#options.revive === true && !this.#isStopping) void this.#revive();
    });
  }

  /** Tries for ever, as the buses that lost it do: the port may be taken for a while. */
  async #revive(): Promise<void> {
    await pause(REVIVE_WAIT_MS, undefined, { ref: false });
    if (this.#isStopping) return;
    const child = start(this.#options);
    this.#child = child;
    const isBack = await untilReady(child).then(
      () => true,
      () => false,
    );
    if (!isBack) return this.#revive();
    this.#keep(child);
    if (this.#isStopping) await end(child);
  }
}

function start({ path, token, port = 0, folder }: Start): ChildProcess {
  // What stands in arguments every user of the machine can read; what a variable says, this one.
  const args = ['-c', CONFIG, '-a', '127.0.0.1', '-p', String(port === 0 ? -1 : port)];
  const child = spawn(path, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C must reach the run, which still has to drain, and not the server under it.
    detached: true,
    env: { ...process.env, DEMIURGE_NATS_TOKEN: token },
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  if (child.pid !== undefined) watchOver(child);
  return child;
}

/**
 * Ends the server when this process is gone, even by kill -9: a shell that waits for the end of a
 * pipe only this process holds open.
 */
function watchOver(server: ChildProcess): void {
  const watch = spawn('/bin/sh', ['-c', `read _; kill -9 ${server.pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.unref();
  (watch.stdin as unknown as Socket).unref();
  watch.once('error', (error) => {
    process.emitWarning(`nats-server would survive a kill -9 of this process: ${error.message}`);
  });
  // The watch ends with the server: its number may belong to somebody else by then.
  server.once('exit', () => watch.kill('SIGKILL'));
}

function untilReady(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      child.off('exit', exited).off('error', failed);
      then();
    };
    const fail = (why: string): void => {
      child.kill('SIGKILL');
      settle(() => reject(cannotStart(why)));
    };
    const exited = (): void => fail(lastWords(said));
    const failed = (error: Error): void => fail(error.message);
    const timer = setTimeout(() => fail('it was not ready in time'), READY_TIMEOUT_MS);
    child.once('exit', exited).once('error', failed);
    child.stderr?.setEncoding('utf8').on('data', function hear(text: string) {
      said += text;
      const port = /client connections on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port === undefined || !said.includes('Server is ready')) return;
      // Read on, or the server would stop at a full pipe.
      child.stderr?.off('data', hear).resume();
      (child.stderr as Socket | null)?.unref();
      settle(() => resolve(Number(port)));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.ref();
  child.kill('SIGKILL');
  await gone;
}

function candidates(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const named = env['DEMIURGE_NATS_SERVER'];
  if (named !== undefined && named !== '') return [named];
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...MORE_FOLDERS];
  return folders.map((folder) => join(folder, 'nats-server'));
}

function versionOf(path: string): string | undefined {
  if (!isExecutable(path)) return undefined;
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 5000 });
  return /nats-server:?\s+v?(\d+\.\d+\.\d+\S*)/.exec(stdout ?? '')?.[1];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lastWords(said: string): string {
  const lines = said.split('\n').filter((line) => /\[(FTL|ERR)\]/.test(line));
  return lines.at(-1)?.replace(/^.*\[(FTL|ERR)\]\s*/, '') ?? 'it ended at once';
}

function cannotStart(why: string): UserError {
  return new UserError({
    what: `nats-server cannot start: ${why}`,
    hint: 'another port, or --bus embedded, which needs no server',
    retryable: true,
  });
}

function notInstalled(): UserError {
  return new UserError({
    what: 'there is no nats-server on this machine',
    hint: 'npm run setup, or apt-get install nats-server, or name it in DEMIURGE_NATS_SERVER',
  });
}
