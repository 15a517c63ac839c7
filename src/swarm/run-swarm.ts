import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type RunFolder, createRunFolder, keepSources } from '../archive/index.js';
import { type Bus, type OpenBusOptions, openBus } from '../bus/index.js';
import { UserError, messageOf } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import { type Cast, seatCast } from './cast.js';
import { type Entry, beginningOf } from './checkpoint/entry.js';
import { Memories } from './checkpoint/memory.js';
import { afterSeconds } from './clock.js';
import { clockKindOf, hangSecondsOf } from './hang.js';
import { Keeper } from './keeping/keeper.js';
import type { Entrance } from './performer.js';
import type { RunOptions } from './run-options.js';
import { runRecord } from './run-record.js';
import type { Seat } from './seat.js';
import { corpusOf, sourcesOf } from './sources.js';
import { Stage } from './stage.js';
import type { Faults, StageParts } from './stage-parts.js';
import type { Summary } from './summary.js';

/** A short id for a run: eight letters and digits. */
export function newRunId(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return [...randomBytes(8)].map((byte) => letters[byte % 36]).join('');
}

/**
 * Runs a scenario to its end and returns its account. A run that cannot start leaves no folder
 * behind.
 */
export async function runSwarm(scenario: Scenario, options: RunOptions): Promise<Summary> {
  const run = options.run ?? newRunId();
  refuseEndless(scenario, options);
  const corpus = await corpusOf(scenario);
  const folder = createRunFolder(options.outFolder, scenario.text);
  keepSources(folder.path, sourcesOf(scenario) ?? { files: [] });
  const faults: Faults = { tell: (says) => process.emitWarning(says) };
  const onError = (error: unknown, subject: string): void => {
    faults.tell(`${subject}: ${messageOf(error)}`);
  };
  const { bus, end, stop } = await runBus(options, { name: `demiurge-${run}`, run, onError }).catch(
    (error: unknown) => {
      folder.discard();
      throw error;
    },
  );
  options.onBus?.(bus);
  const hangSeconds = hangSecondsOf(scenario, clockKindOf(scenario, options, bus));
  const cast = seated(scenario, options, folder, hangSeconds);
  const record: StageParts['record'] = (clock) =>
    runRecord({ scenario, run, bus, options, corpus }, clock);
  const stage = new Stage({ scenario, options, run, folder, bus, cast, faults, record });
  const keeper = new Keeper(folder.path, scenario.archive, faults);
  try {
    stage.observer?.announce();
    await startAll(cast, folder, options.enter).catch((error: unknown) => {
      stage.observer?.abandon();
      throw error;
    });
    const summary = await stage.play();
    await end();
    return summary;
  } finally {
    keeper.end();
    await Promise.all(cast.troupes.map((troupe) => troupe.close()));
    await stop();
  }
}

function seated(
  scenario: Scenario,
  options: RunOptions,
  folder: RunFolder,
  hangSeconds: number,
): Cast {
  const { only, processes, enter, between } = options;
  return seatCast(scenario, {
    hangSeconds,
    outputFolder: folder.path,
    log: join(folder.path, 'agents.log'),
    blobs: [folder.blobs, ...(enter?.blobs ?? [])],
    ...(only ? { only } : {}),
    ...(processes ? { processes } : {}),
    ...(between ? { between } : {}),
  });
}

interface RunBus {
  readonly bus: Bus;
  /** Lets what was said last arrive. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

/** The bus of a run; one that was handed over open belongs to who opened it. */
async function runBus({ bus, trust }: RunOptions, how: OpenBusOptions): Promise<RunBus> {
  if (typeof bus === 'object') return { bus, end: async () => {}, stop: async () => {} };
  const open = await openBus(bus ?? 'embedded', { ...how, ...trust });
  const end = (): Promise<void> => within(DRAIN_SECONDS, open.bus.drain());
  return { bus: open.bus, end, stop: () => open.stop() };
}

/**
 * On the virtual clock a piece without an end would fill the disk as fast as it can be computed.
 */
function refuseEndless(scenario: Scenario, options: RunOptions): void {
  const clock = options.clock ?? scenario.clock;
  const seconds = options.durationSeconds ?? scenario.durationSeconds;
  if (clock === 'real' || seconds !== undefined || options.only !== undefined) return;
  const endless = scenario.cast.find(({ kind, params }) => {
    const ticks = kind.ticks?.(params);
    const speaks = Object.keys(kind.outputs).length > 0;
    return speaks && ticks !== undefined && ticks.count === undefined;
  });
  if (endless === undefined) return;
  throw new UserError({
    what: `agent ${endless.id} never ends, and the virtual clock does not wait for anyone`,
    where: scenario.title,
    allowed: 'a duration, or the real clock',
    hint: '--duration 60s, or --clock real',
  });
}

/** A server that is gone for good must not keep a finished run from ending. */
const DRAIN_SECONDS = 3;

async function within(seconds: number, work: Promise<void>): Promise<void> {
  let callOff = (): void => {};
  const patience = new Promise<void>((resolve) => {
    callOff = afterSeconds(seconds, resolve);
  });
  await Promise.race([work, patience]).finally(() => callOff());
}

async function startAll(cast: Cast, folder: RunFolder, entry?: Entry): Promise<void> {
  const starts = await Promise.allSettled(
    cast.seats.map((seat) => seat.performer.start(entranceOf(entry, seat))),
  );
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed === undefined) return;
  folder.discard();
  throw failed.reason;
}

function entranceOf(entry: Entry | undefined, seat: Seat): Entrance | undefined {
  if (entry === undefined) return undefined;
  const state = new Memories(entry.checkpoint).of(seat)?.state;
  return { now: beginningOf(entry), ...(state === undefined ? {} : { state }) };
}
