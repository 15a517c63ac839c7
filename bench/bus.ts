import { Encoder } from 'cbor-x';
import { EventEmitter } from 'eventemitter3';
import { type Bus, createEmbeddedBus, openBus } from '../src/bus/index.js';

/** How much is sent, and over which bus. */
export interface BusBenchOptions {
  readonly messages: number;
  /** Of samples in each message. */
  readonly bytes: number;
  readonly bus?: 'embedded' | 'nats';
}

/**
 * Messages per second of a bus beside those of its plain peer, medians of the same interleaved
 * rounds.
 */
export interface BusBench {
  readonly messagesPerSecond: number;
  readonly peer: { readonly name: string; readonly messagesPerSecond: number };
  /** The bus divided by its peer. */
  readonly ratio: number;
}

/** One way of sending: `send` starts a message, `received` counts those that arrived. */
interface Way {
  readonly send: (body: unknown) => void;
  readonly received: () => number;
}

interface Body {
  readonly id: string;
  readonly lap: number;
  readonly samples: Float32Array;
}

const ROUNDS = 3;
/** Messages under way at once, and bytes: well under the brim at which a bus gives messages up. */
const WINDOW = 4096;
const WINDOW_BYTES = 16 * 1024 * 1024;
const SUBJECT = 'demiurge.bench.signal.a.out';
const PEER_SUBJECT = 'demiurge.bench.signal.peer.out';

/**
 * Measures the embedded bus beside raw EventEmitter3 (which neither copies nor defers), or the NATS
 * bus beside the raw client (with the same CBOR, but no sequence, no checks and no queue of its
 * own).
 */
export function benchBus(options: BusBenchOptions): Promise<BusBench> {
  return options.bus === 'nats' ? benchNats(options) : benchEmbedded(options);
}

async function benchEmbedded(options: BusBenchOptions): Promise<BusBench> {
  const bus = createEmbeddedBus();
  const result = await compare(options, overBus(bus, bus), overEmitter(), 'eventemitter3');
  await bus.close();
  return result;
}

async function benchNats(options: BusBenchOptions): Promise<BusBench> {
  const { bus: speaker, url, stop } = await openBus('spawn', { name: 'bench' });
  const servers = url as string;
  const { bus: listener, stop: leave } = await openBus(servers, { name: 'bench-listener' });
  const raw = await overClient(servers);
  const way = overBus(speaker, listener);
  try {
    await echoed(listener);
    return await compare(options, way, raw.way, 'nats client with cbor-x');
  } finally {
    await raw.close();
    await leave();
    await stop();
  }
}

async function compare(
  { messages, bytes }: BusBenchOptions,
  bus: Way,
  peer: Way,
  name: string,
): Promise<BusBench> {
  const body: Body = { id: 'a.1', lap: 3, samples: new Float32Array(Math.ceil(bytes / 4)) };
  const rates: { bus: number; peer: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    rates.push({ bus: await rate(bus, body, messages), peer: await rate(peer, body, messages) });
  }
  // The first round warms up both.
  const measured = rates.slice(1);
  const messagesPerSecond = median(measured.map((one) => one.bus));
  const beside = median(measured.map((one) => one.peer));
  return {
    messagesPerSecond,
    peer: { name, messagesPerSecond: beside },
    ratio: messagesPerSecond / beside,
  };
}

async function rate(way: Way, body: Body, messages: number): Promise<number> {
  const window = Math.max(1, Math.min(WINDOW, WINDOW_BYTES / (body.samples.byteLength + 64)));
  const before = way.received();
  const started = performance.now();
  let sent = 0;
  while (way.received() - before < messages) {
    while (sent < messages && sent - (way.received() - before) < window) {
      way.send(body);
      sent++;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return (messages / (performance.now() - started)) * 1000;
}

function overBus(speaker: Bus, listener: Bus): Way {
  const place = listener.subscribe(SUBJECT, { capacity: WINDOW }, () => {});
  return {
    send: (body) => speaker.publish(SUBJECT, body),
    received: () => {
      const { delivered, overflowed, gaps } = place.counts();
      if (overflowed + gaps > 0) throw new RangeError('the bus lost messages while measured');
      return delivered;
    },
  };
}

/** Resolves when the server has taken every subscription this bus made before. */
async function echoed(bus: Bus): Promise<void> {
  await new Promise((resolve) => {
    bus.subscribe('demiurge.bench.control.echo', {}, resolve);
    bus.publish('demiurge.bench.control.echo', null);
  });
}

function overEmitter(): Way {
  const emitter = new EventEmitter();
  let received = 0;
  emitter.on(SUBJECT, () => received++);
  return { send: (body) => emitter.emit(SUBJECT, body), received: () => received };
}

async function overClient(servers: string): Promise<{ way: Way; close: () => Promise<void> }> {
  const { connect } = await import('nats');
  const [speaker, listener] = await Promise.all([connect({ servers }), connect({ servers })]);
  const cbor = new Encoder({ useRecords: false, mapsAsObjects: true });
  let received = 0;
  listener.subscribe(PEER_SUBJECT, {
    callback: (_error, message) => {
      cbor.decode(message.data);
      received++;
    },
  });
  await listener.flush();
  return {
    way: {
      send: (body) => speaker.publish(PEER_SUBJECT, cbor.encode(body)),
      received: () => received,
    },
    close: async () => {
      await Promise.all([speaker.close(), listener.close()]);
    },
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
