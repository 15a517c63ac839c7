import { createEmbeddedBus } from '../../src/bus/index.js';
import type { Scenario } from '../../src/scenarios/index.js';
import { type BusFaults, type FaultCounts, faultyBus } from '../../src/testing/index.js';
import { play } from '../swarm/play.js';
import type { Account } from './breaches.js';

const SECONDS = 0.3;

/** Wall seconds after which a run counts as one that never ends; a good one takes milliseconds. */
const PATIENCE_MS = 10_000;

/** Plays a piece over a faulty embedded bus, or a sound one; throws when the run does not end. */
export async function rehearsed(
  piece: Scenario,
  faults?: BusFaults,
): Promise<Account & { readonly faults: FaultCounts; readonly lost: number }> {
  const bus = faultyBus(createEmbeddedBus(), faults ?? { seed: 0 });
  const options = { durationSeconds: SECONDS, ...(faults === undefined ? {} : { bus }) };
  const { summary, records } = await endOf(play(piece, options));
  await bus.drain();
  return { piece, summary, records, faults: bus.faults(), lost: summary.bus.gaps };
}

async function endOf<T>(run: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the run does not end')), PATIENCE_MS);
  });
  return Promise.race([run, never]).finally(() => clearTimeout(timer));
}
