import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Scenario } from '../scenarios/index.js';
import { newRunId, runSwarm } from '../swarm/index.js';
import type { RunOptions, Summary } from '../swarm/index.js';
import { accountOf } from './account.js';
import { interruptSignal } from './interrupt-signal.js';
import type { BusFlags } from './bus-flags.js';
import { trustOf } from './bus-flags.js';
import { say, sayJson } from './output.js';
import { serviceManager } from './service/service-manager.js';
import { openTelemetry } from './watch/telemetry-desk.js';
import type { TelemetryFlags } from './watch/watch-flags.js';
import { watch } from './watch/watch.js';

/** What `run` and `agent` may be told. */
export interface RunFlags extends TelemetryFlags, BusFlags {
  readonly duration?: number;
  /** Without an end, whatever the scenario says. */
  readonly forever?: true;
  readonly clock?: 'virtual' | 'real';
  readonly seed?: number;
  readonly bus?: string;
  readonly out?: string;
  readonly dashboard?: boolean;
  readonly only?: readonly string[];
  readonly json?: true;
  readonly processes?: number;
  readonly run?: string;
  readonly registry?: string;
}

/** What else a run is given that is not said by flags. */
export type Entering = Pick<
  RunOptions,
  'only' | 'follow' | 'enter' | 'plannedControls' | 'origin' | 'replaced'
>;

/** Plays a scenario, shows it as the terminal allows, drains on Ctrl-C, and prints the account. */
export async function perform(
  written: Scenario,
  flags: RunFlags,
  more: Entering,
  waiting?: ChildProcess,
): Promise<void> {
  const run = flags.run ?? newRunId();
  const scenario = flags.forever === true ? { ...written, durationSeconds: undefined } : written;
  const durationSeconds = flags.duration ?? scenario.durationSeconds;
  const clock = paceOf(scenario, flags, more);
  const { title, seed } = scenario;
  const manager = serviceManager(`${title} · run ${run}`);
  const desk = await openTelemetry(run, flags, more.follow === true);
  const watcher = await watch({ title, run, clock, seed, durationSeconds }, flags, desk, waiting);
  const drain = interruptSignal(() => {
    manager.stopping();
    watcher.note('draining: what was said is still played (Ctrl-C again stops at once)');
  });
  let summary: Summary;
  let failure: unknown;
  try {
    summary = await runSwarm(scenario, {
      ...optionsOf(flags, run),
      ...more,
      ...desk.options,
      ...manager.options,
      signal: drain.signal,
      onEvent: watcher.hear.bind(watcher),
    });
  } catch (thrown) {
    failure = thrown;
    throw thrown;
  } finally {
    drain.forget();
    await desk.close(failure);
    await watcher.close();
  }
  if (flags.json === true) sayJson(summary);
  else say(`\n${accountOf(summary)}`);
}

/** A swarm split over several machines has only the wall's time in common. */
function paceOf(scenario: Scenario, flags: RunFlags, { only }: Entering): Scenario['clock'] {
  return only === undefined ? (flags.clock ?? scenario.clock) : 'real';
}

function optionsOf(flags: RunFlags, run: string): RunOptions {
  const { clock, duration, bus, out, processes } = flags;
  return {
    run,
    outFolder: out ?? join('out', run),
    ...(clock === undefined ? {} : { clock }),
    ...(duration === undefined ? {} : { durationSeconds: duration }),
    ...(bus === undefined ? {} : { bus, trust: trustOf(flags) }),
    ...(processes === undefined ? {} : { processes }),
  };
}
