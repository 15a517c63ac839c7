import { type CorpusFile, type RunRecord, hashOf } from '../archive/index.js';
import type { Bus } from '../bus/index.js';
import { portName } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import { wallTime } from './clock.js';
import { identityOf } from './identity.js';
import type { RunOptions } from './run-options.js';
import { sourcesOf } from './sources.js';
import { modelSummaries } from './summary.js';

type Corpus = readonly CorpusFile[];

/**
 * What `run.json` says of a run before its first event: enough to run it again, and what may
 * differ then.
 */
export function runRecord(
  parts: { scenario: Scenario; run: string; bus: Bus; options: RunOptions; corpus?: Corpus },
  clock: 'virtual' | 'real',
): RunRecord {
  const { scenario, run, bus, options, corpus = [] } = parts;
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
    archive: scenario.archive,
    scenario: { file: 'scenario.yaml', hash: hashOf(scenario.text) },
    models: modelSummaries(scenario),
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    ...(options.replaced === undefined ? {} : { replaced: options.replaced }),
    ...projectOf(scenario),
    ...(corpus.length === 0 ? {} : { corpus }),
    versions: identityOf(scenario),
    exact,
    ...(exact
      ? {}
      : { inexact: 'messages crossed a network, which promises no order between agents' }),
    agents: scenario.cast.map(({ id, kind }) => ({ id, kind: kind.kind })),
    links: scenario.topology.links.map(({ from, to, way, delaySamples, gain }) => {
      return { from: portName(from), to: portName(to), way, delaySamples, gain };
    }),
  };
}

function projectOf(scenario: Scenario): Pick<RunRecord, 'project'> {
  const sources = sourcesOf(scenario);
  if (sources === undefined) return {};
  const files = sources.files.map(({ path, text }) => ({ path, hash: hashOf(text) }));
  return { project: { root: sources.root, scenario: sources.scenario, files } };
}
