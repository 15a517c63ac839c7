import { lstatSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { UserError, messageOf } from '../core/index.js';

/** Where the socket of a run that plays on this machine is. */
export interface SocketPlace {
  readonly run: string;
  readonly path: string;
}

/** Part of the environment that says where sockets go. */
export type PlaceEnv = Readonly<Record<string, string | undefined>>;

const PIPES = '\\\\.\\pipe\\';
/** What the kernels allow: 108 bytes on Linux, 104 elsewhere, the last one zero. */
const PATH_BYTES_MAX = 103;
const PROBE_MS = 1000;

/** The folder of every run's socket: one of this user alone. */
export function socketFolder(env: PlaceEnv = process.env): string {
  if (process.platform === 'win32') return PIPES;
  const runtime = env['XDG_RUNTIME_DIR'];
  if (runtime !== undefined && runtime !== '') return join(runtime, 'demiurge');
  return join(tmpdir(), `demiurge-${userInfo().uid}`);
}

/** The path of a run's socket, or of its named pipe on Windows. */
export function socketPath(run: string, env: PlaceEnv = process.env): string {
  if (process.platform === 'win32') return `${PIPES}demiurge-${run}`;
  return join(socketFolder(env), `${run}.sock`);
}

/**
 * Makes the folder of sockets, mode 0700, and returns the path of this run's. Throws a UserError
 * when the folder belongs to somebody else or the path is longer than a socket's may be.
 */
export async function prepareSocket(run: string, env: PlaceEnv = process.env): Promise<string> {
  const path = socketPath(run, env);
  if (process.platform === 'win32') return path;
  const folder = socketFolder(env);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    refuseForeign(folder);
    await chmod(folder, 0o700);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw unusable(folder, messageOf(cause));
  }
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) throw unusable(path, 'its path is too long');
  if (!(await isLive(path))) await rm(path, { force: true });
  return path;
}

/** A folder in a place where all may write could be a trap: a link, or somebody else's. */
function refuseForeign(folder: string): void {
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== userInfo().uid) {
    throw unusable(folder, 'it belongs to somebody else');
  }
}

function unusable(where: string, why: string): UserError {
  return new UserError({
    what: `runs cannot be watched from here: ${why}`,
    where,
    hint: 'XDG_RUNTIME_DIR set to a short folder of your own',
  });
}

/** The runs that play on this machine, the newest first; what dead ones left is swept away. */
export async function liveSockets(env: PlaceEnv = process.env): Promise<readonly SocketPlace[]> {
  const found = socketsIn(socketFolder(env)).toSorted((a, b) => b.since - a.since);
  const live = await Promise.all(found.map(({ path }) => isLive(path)));
  const dead = found.filter((_, i) => live[i] === false);
  if (process.platform !== 'win32') {
    await Promise.all(dead.map(({ path }) => rm(path, { force: true })));
  }
  return found.filter((_, i) => live[i] === true).map(({ run, path }) => ({ run, path }));
}

function socketsIn(folder: string): readonly (SocketPlace & { readonly since: number })[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    // No folder: nothing was ever played here.
    return [];
  }
  return names.flatMap((name) => {
    const run = /^(?:demiurge-)?([a-z0-9]{8})(?:\.sock)?$/.exec(name)?.[1];
    const path = process.platform === 'win32' ? `${folder}${name}` : join(folder, name);
    return run === undefined ? [] : [{ run, path, since: bornAt(path) }];
  });
}

function bornAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whether somebody answers at the socket; one who is too busy to answer at once counts. */
function isLive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    const settle = (live: boolean): void => {
      probe.destroy();
      resolve(live);
    };
    probe.setTimeout(PROBE_MS, () => settle(true));
    probe.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}
