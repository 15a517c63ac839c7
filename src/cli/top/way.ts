import { once } from 'node:events';
import { connectNatsBus, matches } from '../../bus/index.js';
import type { Bus, NatsTrust } from '../../bus/index.js';
import { UserError, messageOf } from '../../core/index.js';
import { helloSubject, onRunsOf, openBusLine, openSocketLine } from '../../telemetry/index.js';
import type { LineHearer, TelemetryLine } from '../../telemetry/index.js';
import { complain } from '../output.js';
import { findRun } from './find-run.js';

/** How to get to a run: what a dashboard is opened with, and a line for one look. */
export interface Way {
  readonly run: string;
  /** A socket's path or a NATS address. */
  readonly address: string;
  readonly flags: readonly string[];
  /** How long what stands may take to come. */
  readonly patienceMs: number;
  open(hearer: LineHearer): Promise<TelemetryLine>;
  close(): Promise<void>;
}

const SOCKET_PATIENCE_MS = 1200;
/** What stands is repeated every two seconds. */
const BUS_PATIENCE_MS = 3000;

/** The way to a run on this machine, or on a bus when there is one. */
export async function wayTo(
  named: string | undefined,
  bus: string | undefined,
  trust: NatsTrust,
): Promise<Way> {
  if (bus !== undefined) return wayOver(bus, named, trust);
  const { run, path } = await findRun(named);
  return {
    run,
    address: path,
    flags: [],
    patienceMs: SOCKET_PATIENCE_MS,
    open: (hearer) => openSocketLine(path, hearer),
    close: async () => {},
  };
}

async function wayOver(address: string, named: string | undefined, trust: NatsTrust): Promise<Way> {
  const onError = (error: unknown, subject: string): void => {
    // Who may only listen cannot say so, and is told what stands all the same.
    if (!matches(helloSubject('*'), subject)) complain(`${subject}: ${messageOf(error)}`);
  };
  const how = { servers: address, name: 'demiurge-top', onError };
  const bus = await connectNatsBus({ ...how, ...trust });
  try {
    const run = named ?? (await firstRun(bus, address));
    return {
      run,
      address,
      flags: ['--run', run, ...flagsOf(trust)],
      patienceMs: BUS_PATIENCE_MS,
      open: async (hearer) => openBusLine(bus, run, hearer),
      close: () => bus.close(),
    };
  } catch (error) {
    await bus.close();
    throw error;
  }
}

/** As a display of its own is told them. */
function flagsOf({ key, allowServer }: NatsTrust): readonly string[] {
  return [
    ...(key === undefined ? [] : ['--key', key]),
    ...(allowServer === undefined ? [] : ['--allow-server', allowServer]),
  ];
}

async function firstRun(bus: Bus, address: string): Promise<string> {
  const patience = AbortSignal.timeout(BUS_PATIENCE_MS);
  let stop = (): void => {};
  const found = new Promise<string>((resolve) => {
    stop = onRunsOf(bus, resolve);
  });
  const run = await Promise.race([found, once(patience, 'abort').then(() => undefined)]);
  stop();
  if (run !== undefined) return run;
  throw new UserError({
    what: 'no run tells anything on that bus',
    where: new URL(address).host,
    hint: 'demiurge run with that --bus, or a user there who may listen to demiurge.>',
  });
}
