import { setTimeout as pause } from 'node:timers/promises';
import type { Msg, NatsConnection } from 'nats';
import { UserError, messageOf } from '../core/index.js';
import type { BlobStore } from './blob-store.js';
import type { Bus, BusStatus, Subject, SubjectPattern } from './bus.js';
import type { BusOptions } from './embedded-bus.js';
import type { Ears, Line, LineMessage } from './line.js';
import { isLoopback, natsAccess } from './nats-address.js';
import { readNatsKey } from './nats-keys.js';
import { Outflow } from './outflow.js';
import { isSafeServer, refusedServer, tooOld } from './server-floor.js';
import { checkWord } from './subjects.js';
import { createWireBus } from './wire-bus.js';

/** As whom to connect to a NATS server, and to which in spite of its age. */
export interface NatsTrust {
  /** A file with the seed of an nkey; not looked at where the address says as whom to come. */
  readonly key?: string;
  /** A version, such as `2.9.10`, that serves although it has known holes. */
  readonly allowServer?: string;
}

/** Where and as whom to connect. */
export interface NatsBusOptions extends BusOptions, NatsTrust {
  /** Such as `nats://127.0.0.1:4222` or `nats://user:password@host`; several are tried in turn. */
  readonly servers: string | readonly string[];
  /** Shown by the server's own monitoring. */
  readonly name: string;
  /** Told of a server with known holes that nobody off this machine reaches. */
  readonly onOldServer?: (says: string) => void;
  /** The run whose large arrays this bus answers for: one word of a subject. */
  readonly run?: string;
  /** Where large arrays are kept; in memory when nothing is given. */
  readonly blobs?: BlobStore;
}

const REFUSED = 'AUTHORIZATION_VIOLATION';
const CONNECT_TIMEOUT_MS = 5000;
const RECONNECT_WAIT_MS = 250;
const PING_INTERVAL_MS = 5000;
const FLUSH_TIMEOUT_MS = 2000;
const ASK_TIMEOUT_MS = 1500;
const OUTFLOW_BYTES_MAX = 64 * 1024 * 1024;
const PAYLOAD_BYTES_MAX = 1024 * 1024;

/**
 * Connects to a NATS server, and from then on reconnects for ever.
 * Throws a UserError when no server answers the first time, within five seconds each, when it
 * refuses this user, and when it is off this machine and has known holes.
 */
export async function connectNatsBus(options: NatsBusOptions): Promise<Bus> {
  const run = checkWord(options.run ?? 'shared');
  const nats = await dial(options);
  const refusal = refusalOf(nats, options);
  if (refusal === undefined) return createWireBus(new NatsLine(nats), { ...options, run });
  await nats.close();
  throw refusal;
}

function refusalOf(nats: NatsConnection, options: NatsBusOptions): UserError | undefined {
  const { servers, allowServer, onOldServer } = options;
  const version = nats.info?.version ?? '';
  if (isSafeServer(version) || version === allowServer) return undefined;
  // As it was written: what a name stands for today, it may not tomorrow.
  const away = natsAccess([servers].flat()).servers.find((address) => !isHere(address));
  if (away !== undefined) return refusedServer(version, away);
  onOldServer?.(tooOld(version));
  return undefined;
}

async function dial({ servers, name, ...trust }: NatsBusOptions): Promise<NatsConnection> {
  const { connect } = await import('nats');
  const { servers: addresses, ...credentials } = natsAccess([servers].flat());
  const isNamed = Object.keys(credentials).length > 0;
  const key = isNamed ? undefined : trust.key;
  const identity = key === undefined ? {} : await readNatsKey(key);
  // Who has a key would keep what it protects from being heard and changed on the way.
  const isPrivate = key !== undefined && !addresses.every(isHere);
  try {
    return await connect({
      servers: [...addresses],
      ...credentials,
      ...identity,
      ...(isPrivate ? { tls: {} } : {}),
      name,
      maxReconnectAttempts: -1,
      waitOnFirstConnect: false,
      reconnectTimeWait: RECONNECT_WAIT_MS,
      timeout: CONNECT_TIMEOUT_MS,
      // A frozen server keeps its socket open: only pings tell.
      pingInterval: PING_INTERVAL_MS,
      ignoreAuthErrorAbort: true,
    });
  } catch (cause) {
    const whom = key === undefined ? 'who comes without a key' : `the key in ${key}`;
    throw notConnected(addresses.join(', '), cause, isNamed ? 'that user' : whom);
  }
}

function isHere(address: string): boolean {
  return URL.canParse(address) && isLoopback(new URL(address).hostname);
}

function notConnected(at: string, cause: unknown, whom: string): UserError {
  if ((cause as { code?: unknown }).code === REFUSED) {
    const what = `the NATS server at ${at} refuses ${whom}`;
    return new UserError({ what, hint: '--key with a file that demiurge bus-config wrote', cause });
  }
  return new UserError({
    what: `no NATS server can be reached at ${at}: ${messageOf(cause)}`,
    hint: 'check the address, or --bus spawn, which starts a server of its own',
    retryable: true,
    cause,
  });
}

/**
 * One connection of the client library, with what it lacks: a brim, and a truth about being
 * connected.
 */
class NatsLine implements Line {
  readonly #nats: NatsConnection;
  readonly #outflow: Outflow;
  readonly #listeners: ((status: BusStatus) => void)[] = [];
  readonly #refused: ((subject: Subject) => void)[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #over: Promise<void>;
  #isConnected = true;
  #isRefused = false;
  #isClosing = false;

  constructor(nats: NatsConnection) {
    this.#nats = nats;
    this.#outflow = new Outflow(() => nats.flush(), OUTFLOW_BYTES_MAX);
    void this.#watch();
    this.#over = nats.closed().then((reason) => this.#ended(reason ?? undefined));
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  get payloadBytesMax(): number {
    return this.#nats.info?.max_payload ?? PAYLOAD_BYTES_MAX;
  }

  send(subject: Subject, data: Uint8Array): void {
    // While disconnected the client would drop it without a word; here it is dropped knowingly.
    if (this.#isConnected && this.#outflow.admit(data.byteLength))
      this.#nats.publish(subject, data);
  }

  listen(pattern: SubjectPattern, queue: string | undefined, ears: Ears): () => void {
    const subscription = this.#nats.subscribe(pattern, {
      ...(queue === undefined ? {} : { queue }),
      callback: (error, message) => {
        if (error === null) ears.hear(lineMessage(message));
        else ears.refused(error);
      },
    });
    return () => {
      if (!this.#nats.isClosed()) subscription.unsubscribe();
    };
  }

  async ask(subject: Subject, data: Uint8Array): Promise<Uint8Array> {
    const reply = await this.#nats.request(subject, data, { timeout: ASK_TIMEOUT_MS });
    return reply.data;
  }

  async flush(): Promise<void> {
    if (!this.#isConnected) return;
    const given = new AbortController();
    const flushed = this.#nats.flush().catch(() => undefined);
    const timeout = pause(FLUSH_TIMEOUT_MS, undefined, { signal: given.signal });
    await Promise.race([flushed, timeout.catch(() => undefined)]);
    given.abort();
  }

  onStatus(listener: (status: BusStatus) => void): void {
    this.#listeners.push(listener);
  }

  onRefused(listener: (subject: Subject) => void): void {
    this.#refused.push(listener);
  }

  every(ms: number, call: () => void): void {
    this.#timers.push(setInterval(call, ms).unref());
  }

  pause(ms: number): Promise<void> {
    return pause(ms);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#nats.close();
    await this.#over;
  }

  /** The client repeats itself (one `disconnect` per failed try): only changes are told. */
  async #watch(): Promise<void> {
    for await (const { type, data, permissionContext: asked } of this.#nats.status()) {
      if (asked?.operation === 'publish') for (const tell of this.#refused) tell(asked.subject);
      if (data === REFUSED) this.#tellRefused();
      if (type === 'disconnect' && this.#isConnected) {
        this.#isConnected = false;
        this.#tell({ state: 'disconnected', says: 'the NATS server is gone; trying again' });
      } else if (type === 'reconnect' && !this.#isConnected) {
        this.#isConnected = true;
        this.#isRefused = false;
        this.#tell({ state: 'reconnected', says: `back at ${this.#nats.getServer()}` });
      }
    }
  }

  /** A server that came back with other users: told once, and tried for ever all the same. */
  #tellRefused(): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    const says = 'the NATS server no longer knows this user; trying again';
    this.#tell({ state: 'disconnected', says });
  }

  #ended(reason: Error | undefined): void {
    this.#isConnected = false;
    const why = this.#isClosing ? '' : `: ${reason?.message ?? 'the client gave up'}`;
    this.#tell({ state: 'closed', says: `the NATS bus is closed${why}` });
  }

  #tell(status: BusStatus): void {
    for (const listener of this.#listeners) listener(status);
  }
}

/** Whoever asks names where to: only an inbox, lest others speak through who answers. */
function lineMessage(message: Msg): LineMessage {
  const { subject, data, reply } = message;
  const respond = (answer: Uint8Array): void => {
    if (reply?.startsWith('_INBOX') === true) message.respond(answer);
  };
  return { subject, data, respond };
}
