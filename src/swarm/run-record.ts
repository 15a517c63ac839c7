import { createRequire } from 'node:module';
import { type RunRecord, hashOf } from '../archive/index.js';
import type { Bus } from '../bus/index.js';
import type { Scenario } from '../scenarios/index.js';
import { wallTime } from './clock.js';
import type { RunOptions } from './run-options.js';
import { modelSummaries } from './summary.js';

const manifest = createRequire(import.meta.url)('demiurge/package.json') as { version: string };

/**
 * What `run.json` says of a run before its first event: enough to run it again, and what may
 * differ then.
 */
export function runRecord(
  parts: { scenario: Scenario; run: string; bus: Bus; options: RunOptions },
  clock: 'virtual' | 'real',
): RunRecord {
  const { scenario, run, bus, options } = parts;
  const exact = bus.kind === 'embedded' && bus.patience === undefined && options.only === undefined;
  const durationSeconds = options.durationSeconds ?? scenario.durationSeconds;
  return {
    run,
    title: scenario.title,
    seed: scenario.seed,
    clock,
    bus: bus.kind,
    startedAt: wallTime(),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(options.only === undefined ? {} : { only: options.only }),
    sampleRate: scenario.sampleRate,
    limits: scenario.limits,
    scenario: { file: 'scenario.yaml', hash: hashOf(scenario.text) },
    models: modelSummaries(scenario),
    versions: { demiurge: manifest.version, node: process.version },
    exact,
    ...(options.enter === undefined ? {} : { origin: options.enter.origin }),
    ...(exact
      ? {}
      : { inexact: 'messages crossed a network, which promises no order between agents' }),
  };
}
