import { type Server, type Socket, createServer } from 'node:net';
import { LineReader, lineOf, parseRequest, prepareSocket } from '../../telemetry/index.js';
import type { PlaceEnv, TelemetryRecord } from '../../telemetry/index.js';
import { afterSeconds } from '../clock.js';
import type { Broadcast, Outlet } from './broadcast.js';
import { Feed } from './feed.js';

const WATCHERS_MAX = 64;
const REQUEST_BYTES_MAX = 16 * 1024;
const REQUESTS_MAX = 16;
/** A run that is silent says so this often, or watchers would believe it lost. */
const HEARTBEAT_SECONDS = 1;
const FAREWELL_SECONDS = 0.5;

/** Where watchers of this machine come in. */
export interface SocketServer extends Outlet {
  readonly path: string;
}

/**
 * Opens the socket of a run to any number of watchers. Throws a UserError when no socket can be
 * there, and the system's error when the run already has one.
 */
export async function openSocketServer(
  run: string,
  broadcast: Broadcast,
  env?: PlaceEnv,
): Promise<SocketServer> {
  const path = await prepareSocket(run, env);
  const door = new SocketDoor(path, broadcast);
  await door.open();
  broadcast.add(door);
  return door;
}

class SocketDoor implements SocketServer {
  readonly path: string;
  readonly #broadcast: Broadcast;
  readonly #server: Server;
  readonly #watchers = new Map<Socket, Feed>();
  #callOff: () => void = () => {};
  #isQuiet = true;

  constructor(path: string, broadcast: Broadcast) {
    this.path = path;
    this.#broadcast = broadcast;
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(this.path, resolve);
    });
    this.#server.removeAllListeners('error').on('error', (error) => {
      process.emitWarning(`no more watchers can come: ${error.message}`);
    });
    this.#beat();
  }

  tell(record: TelemetryRecord, line: () => string): void {
    this.#isQuiet = false;
    for (const feed of this.#watchers.values()) feed.offer(record, line());
  }

  async close(): Promise<void> {
    this.#callOff();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    await Promise.race([
      Promise.all([...this.#watchers.values()].map((feed) => feed.drained())),
      new Promise<void>((resolve) => {
        this.#callOff = afterSeconds(FAREWELL_SECONDS, resolve);
      }),
    ]);
    this.#callOff();
    for (const socket of this.#watchers.keys()) socket.destroySoon();
    for (const socket of this.#watchers.keys()) if (socket.writableLength > 0) socket.destroy();
    await closed;
  }

  #welcome(socket: Socket): void {
    if (this.#watchers.size >= WATCHERS_MAX) {
      socket.destroy();
      return;
    }
    const feed = new Feed((text, done) => void socket.write(text, () => done()));
    this.#watchers.set(socket, feed);
    // A watcher that is gone is no error of the engine's.
    socket.on('error', () => {}).once('close', () => this.#watchers.delete(socket));
    const listen = this.#listener(feed);
    socket.on('data', (chunk: Buffer) => listen(chunk));
    for (const record of this.#broadcast.latest.records()) feed.offer(record, lineOf(record));
  }

  #listener(feed: Feed): (chunk: Buffer) => void {
    const reader = new LineReader(REQUEST_BYTES_MAX);
    let asked = 0;
    const answer = (request: number, done: boolean, says: string): void => {
      const record = { type: 'answer', request, done, says } as const;
      feed.offer(record, lineOf(record));
    };
    const hear = async (line: string): Promise<void> => {
      const request = parseRequest(line);
      if (request === undefined) return answer(0, false, 'this is no request that is known here');
      if (asked >= REQUESTS_MAX) return answer(request.request, false, 'too many at once');
      asked++;
      const { done, says } = await this.#broadcast.ask(request.control);
      asked--;
      answer(request.request, done, says);
    };
    return (chunk) => {
      for (const line of reader.read(chunk)) void hear(line);
    };
  }

  #beat(): void {
    this.#callOff = afterSeconds(HEARTBEAT_SECONDS, () => {
      const { state, scene } = this.#broadcast.latest;
      const record = state ?? scene;
      if (this.#isQuiet && record !== undefined && this.#watchers.size > 0) {
        const line = lineOf(record);
        for (const feed of this.#watchers.values()) feed.offer(record, line);
      }
      this.#isQuiet = true;
      this.#beat();
    });
  }
}
