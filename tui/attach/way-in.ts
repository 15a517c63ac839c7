import type { Bus, NatsBusOptions, NatsTrust } from '../../src/bus/index.js';
import { openBusLine, openSocketLine } from '../../src/telemetry/index.js';
import type { AttachmentParts } from './attachment.js';

/** Where an engine is to be found: a socket's path, or a NATS address and the run there. */
export interface Whereabouts {
  readonly address: string;
  readonly run?: string;
  readonly trust?: NatsTrust;
}

type WayIn = Pick<AttachmentParts, 'open' | 'firstRequest' | 'silenceMs'>;

/** Over a bus what stands is repeated every two seconds, and nothing else is certain. */
const BUS_SILENCE_MS = 6000;

/** How to attach to an engine there; over NATS every watcher hears the answers to all. */
export function wayInto({ address, run, trust }: Whereabouts): WayIn {
  if (!address.startsWith('nats://')) {
    return { open: (hearer) => openSocketLine(address, hearer) };
  }
  let bus: Promise<Bus> | undefined;
  const connected = (): Promise<Bus> => {
    bus ??= connectedTo({ ...trust, servers: address, name: 'demiurge-top', onError: () => {} });
    bus.catch(() => {
      bus = undefined;
    });
    return bus;
  };
  return {
    open: async (hearer) => openBusLine(await connected(), run ?? '', hearer),
    firstRequest: process.pid * 1_000_000,
    silenceMs: BUS_SILENCE_MS,
  };
}

/** The bus is loaded only by who needs it: a display beside its engine does not. */
async function connectedTo(how: NatsBusOptions): Promise<Bus> {
  const { connectNatsBus } = await import('../../src/bus/index.js');
  return connectNatsBus(how);
}
