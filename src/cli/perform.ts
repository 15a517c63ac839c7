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
import { openTelemetry } from './watch/telemetry-desk.js';
import type { TelemetryFlags } from './watch/watch-flags.js';
import { watch } from './watch/watch.js';

/** What `run` and `agent` may be told. */
export interface RunFlags extends TelemetryFlags, BusFlags {
  readonly duration?: number;
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

/** Plays a scenario, shows it as the terminal allows, drains on Ctrl-C, and prints the account. */
export async function perform(
  scenario: Scenario,
  flags: RunFlags,
  more: Pick<RunOptions, 'only' | 'follow'>,
  waiting?: ChildProcess,
): Promise<void> {
  const run = flags.run ?? newRunId();
  const durationSeconds = flags.duration ?? scenario.durationSeconds;
  // A swarm split over several machines has only the wall's time in common.
  const clock = more.only === undefined ? (flags.clock ?? scenario.clock) : 'real';
  const { title, seed } = scenario;
  const desk = await openTelemetry(run, flags, more.follow === true);
  const watcher = await watch({ title, run, clock, seed, durationSeconds }, flags, desk, waiting);
  const drain = interruptSignal(() => {
    watcher.note('draining: what was said is still played (Ctrl-C again stops at once)');
  });
  let summary: Summary;
  let failure: unknown;
  try {
    summary = await runSwarm(scenario, {
      ...optionsOf(flags, run),
      ...more,
      ...desk.options,
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
