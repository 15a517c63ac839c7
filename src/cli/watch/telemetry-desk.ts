import { messageOf } from '../../core/index.js';
import {
  Broadcast,
  openSocketServer,
  publishTelemetry,
  serveMetrics,
  writeTelemetry,
} from '../../swarm/index.js';
import type { RunOptions } from '../../swarm/index.js';
import { complain } from '../output.js';
import type { TelemetryFlags } from './watch-flags.js';
import type { Watchable } from './watch.js';

/** The usual port of exporters that measure from inside. */
const METRICS_PORT = 9464;

/** All that a run's watchers are told by, from before its beginning until after its end. */
export interface TelemetryDesk extends Watchable {
  readonly broadcast: Broadcast | undefined;
  readonly options: Pick<RunOptions, 'telemetry' | 'onBus'>;
  /** Tells how the run ended, if it could not say so itself, and lets the watchers go. */
  close(failure?: unknown): Promise<void>;
}

/** Opens what the flags say. `follows`: it plays along with a conductor, who tells the bus. */
export async function openTelemetry(
  run: string,
  flags: TelemetryFlags,
  follows: boolean,
): Promise<TelemetryDesk> {
  if (flags.telemetry === false && flags.metrics === undefined) return nobodyWatches();
  const broadcast = new Broadcast();
  // Where several processes play one run, only the conductor's socket bears its bare name.
  const name = follows ? `${run}-${process.pid}` : run;
  const address = flags.telemetry === false ? undefined : await openSocket(name, broadcast);
  await openOthers(flags, broadcast);
  const onBus: RunOptions['onBus'] = (bus) => {
    if (bus.kind === 'nats' && !follows) publishTelemetry(bus, run, broadcast);
  };
  return {
    broadcast,
    address,
    options: { telemetry: broadcast.tell, ...(flags.telemetry === false ? {} : { onBus }) },
    tell: (says) => broadcast.tell({ type: 'note', seconds: secondsOf(broadcast), says }),
    close: async (failure) => {
      if (failure !== undefined) broadcast.tell({ type: 'ended', reason: messageOf(failure) });
      await broadcast.close();
    },
  };
}

function secondsOf(broadcast: Broadcast): number {
  return broadcast.latest.state?.seconds ?? 0;
}

/** A run that cannot be watched still plays. */
async function openSocket(name: string, broadcast: Broadcast): Promise<string | undefined> {
  try {
    return (await openSocketServer(name, broadcast)).path;
  } catch (error) {
    complain(`nobody can watch this run: ${messageOf(error)}`);
    return undefined;
  }
}

async function openOthers(flags: TelemetryFlags, broadcast: Broadcast): Promise<void> {
  const { telemetry, metrics } = flags;
  try {
    if (typeof telemetry === 'string') await writeTelemetry(telemetry, broadcast);
    if (metrics === undefined) return;
    const place = await serveMetrics(metrics === true ? METRICS_PORT : metrics, broadcast);
    complain(`figures for Prometheus at ${place}`);
  } catch (error) {
    await broadcast.close();
    throw error;
  }
}

function nobodyWatches(): TelemetryDesk {
  return {
    broadcast: undefined,
    address: undefined,
    options: {},
    tell: complain,
    close: async () => {},
  };
}
