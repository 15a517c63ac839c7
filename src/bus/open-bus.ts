import { UserError } from '../core/index.js';
import type { BlobStore } from './blob-store.js';
import type { Bus } from './bus.js';
import { type BusOptions, createEmbeddedBus } from './embedded-bus.js';
import { type NatsTrust, connectNatsBus } from './nats-bus.js';
import { spawnNatsServer } from './nats-server.js';

/**
 * How a run is told which bus to use: in this process, over a server of its own, or over one at an
 * address.
 */
export type BusSpec = 'embedded' | 'spawn' | `nats://${string}`;

/** Who opens the bus. */
export interface OpenBusOptions extends BusOptions, NatsTrust {
  readonly name: string;
  readonly run?: string;
  readonly blobs?: BlobStore;
  /** Where a spawned server works. */
  readonly folder?: string;
}

/** A bus that is open, and how to end it with all that came with it. */
export interface OpenBus {
  readonly bus: Bus;
  /** Where others may join; of a spawned server secret. Absent for the embedded bus. */
  readonly url?: string;
  /** The process of the server, if it was spawned. */
  readonly serverPid?: number;
  /**
   * Closes the bus at once and ends the server if it was spawned; drain the bus first to lose
   * nothing.
   */
  stop(): Promise<void>;
}

/** Whether a text names a bus. */
export function isBusSpec(text: string): text is BusSpec {
  return text === 'embedded' || text === 'spawn' || isNatsUrl(text);
}

/**
 * Opens the bus a run was told to use; throws a UserError for a spec that names none or cannot be
 * opened.
 */
export async function openBus(spec: string, options: OpenBusOptions): Promise<OpenBus> {
  if (spec === 'embedded') return embedded(options);
  if (spec === 'spawn') return spawned(options);
  if (isNatsUrl(spec)) return connected(spec, options);
  throw new UserError({
    what: `${JSON.stringify(spec)} names no bus`,
    allowed: '`embedded`, `spawn` or `nats://host:port`',
    hint: '--bus embedded',
  });
}

function embedded(options: OpenBusOptions): OpenBus {
  const bus = createEmbeddedBus(options);
  return { bus, stop: () => bus.close() };
}

async function connected(url: string, options: OpenBusOptions): Promise<OpenBus> {
  const onOldServer = (says: string): void => process.emitWarning(says);
  const bus = await connectNatsBus({ onOldServer, ...options, servers: url });
  return { bus, url, stop: () => bus.close() };
}

async function spawned(options: OpenBusOptions): Promise<OpenBus> {
  const { folder } = options;
  // A server of our own has nobody else to start it again.
  const server = await spawnNatsServer({
    revive: true,
    ...(folder === undefined ? {} : { folder }),
  });
  try {
    const bus = await connectNatsBus({ ...options, servers: server.url });
    const stop = async (): Promise<void> => {
      await bus.close();
      await server.stop();
    };
    return { bus, url: server.url, serverPid: server.pid, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function isNatsUrl(text: string): text is `nats://${string}` {
  if (!text.startsWith('nats://') || !URL.canParse(text)) return false;
  const { hostname, pathname } = new URL(text);
  return hostname !== '' && (pathname === '' || pathname === '/');
}
