import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyAgentKind } from '../agents/index.js';
import type { Ports, SignalKind, SignalMap } from '../core/index.js';
import { LIMITS_DEFAULT, SAMPLE_RATE_DEFAULT, arraysOf } from '../core/index.js';
import { type Given, type RehearsalOptions, type Said, rehearse } from './rehearse.js';
import { isFiniteSignal, shapeFault } from './signal-shape.js';
import { type Trial, trialSignals } from './trial-signals.js';

/** How a kind is tried. */
export interface KindContractOptions extends Omit<RehearsalOptions, 'outputFolder'> {
  /** Params as a scenario would write them; none unless given. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Signals to try a port with, instead of those any port of its signal must bear. */
  readonly signals?: Readonly<Record<string, readonly Trial[]>>;
}

/** One promise of the contract: hand both to any test runner, as in `test(name, run)`. */
export interface ContractCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/**
 * What every kind promises: it starts and stops, bears whatever its ports may bring, edits nothing
 * it hears, says the same again under a seed, cites only what it heard and keeps to its ports'
 * shapes.
 */
export function kindContract(
  kind: AnyAgentKind,
  options: KindContractOptions = {},
): readonly ContractCase[] {
  const named = (says: string, run: () => Promise<void>): ContractCase => ({
    name: `a ${kind.kind} ${says}`,
    run,
  });
  return [
    named('starts and stops', async () => void (await played(kind, [], options))),
    ...trialsOf(kind, options).map(([port, trial]) =>
      named(`bears ${trial.name} at ${port}`, () => bears(kind, port, trial, options)),
    ),
    named('edits nothing it hears', () => editsNothing(kind, options)),
    named('says the same again under a seed', () => repeats(kind, options)),
    named('cites only what it heard', () => citesHeard(kind, options)),
    ...(kind.unkept === undefined
      ? [named('goes on where a checkpoint kept it', () => goesOn(kind, options))]
      : []),
  ];
}

type PortTrial = readonly [port: string, trial: Trial];

function trialsOf(kind: AnyAgentKind, options: KindContractOptions): readonly PortTrial[] {
  const sampleRate = options.sampleRate ?? SAMPLE_RATE_DEFAULT;
  return Object.entries(kind.inputs as Ports).flatMap(([port, { carries }]) => {
    const trials = options.signals?.[port] ?? trialSignals(carries, sampleRate);
    return trials.map((trial): PortTrial => [port, trial]);
  });
}

/** Everything at once: each trial in turn, ticks between them. */
function programme(kind: AnyAgentKind, options: KindContractOptions): readonly Given[] {
  const given = trialsOf(kind, options).map(([port, { signal }]) => ({ port, signal }));
  return [...given, ...ticksOf(kind, options)];
}

function ticksOf(kind: AnyAgentKind, { params = {} }: KindContractOptions): readonly Given[] {
  const ticks = kind.ticks?.(kind.params.parse(params));
  return ticks === undefined ? [] : [{ port: 'tick' }, { port: 'tick' }, { port: 'tick' }];
}

async function played(
  kind: AnyAgentKind,
  given: readonly Given[],
  options: KindContractOptions,
): Promise<readonly Said[]> {
  const { params = {}, signals: _, ...world } = options;
  const outputFolder = await mkdtemp(join(tmpdir(), 'demiurge-rehearsal-'));
  try {
    return await rehearse(kind, params, given, { ...world, outputFolder });
  } finally {
    await rm(outputFolder, { recursive: true, force: true });
  }
}

async function bears(
  kind: AnyAgentKind,
  port: string,
  { signal, finite }: Trial,
  options: KindContractOptions,
): Promise<void> {
  const given = [{ port, signal }, { port, signal }, ...ticksOf(kind, options)];
  const said = await played(kind, given, options);
  for (const one of said) wellFormed(kind, one, finite);
  for (let step = 0; step < given.length; step++) {
    const count = said.filter((one) => one.step === step).length;
    assert.ok(count <= LIMITS_DEFAULT.emissions, `${count} emissions in one step`);
  }
}

function wellFormed(kind: AnyAgentKind, { port, signal, at }: Said, finite: boolean): void {
  const carries = kind.outputs[port]?.carries as SignalKind | undefined;
  assert.ok(carries !== undefined, `it has no output named ${port}`);
  assert.equal(shapeFault(carries, signal), undefined, `at ${port}`);
  assert.ok(!finite || isFiniteSignal(carries, signal), `${port} says numbers that are none`);
  assert.ok(Number.isSafeInteger(at) && at >= 0, `${port} speaks at ${at}, not a whole sample`);
}

async function editsNothing(kind: AnyAgentKind, options: KindContractOptions): Promise<void> {
  const given = programme(kind, options);
  const before = given.map(numbersOf);
  await played(kind, given, options);
  assert.deepEqual(given.map(numbersOf), before, 'a message was edited');
}

function numbersOf({ signal }: Given): readonly Float32Array[] {
  if (signal === undefined) return [];
  const carries: SignalKind = 'channels' in signal ? 'audio' : 'data' in signal ? 'mel' : 'control';
  return arraysOf(carries, signal as SignalMap[typeof carries]).map((array) => array.slice());
}

async function repeats(kind: AnyAgentKind, options: KindContractOptions): Promise<void> {
  const given = programme(kind, options);
  const [once, again] = [await played(kind, given, options), await played(kind, given, options)];
  assert.deepEqual(again, once, 'two rehearsals with one seed differ');
}

async function goesOn(kind: AnyAgentKind, options: KindContractOptions): Promise<void> {
  const given = programme(kind, options);
  const whole = await played(kind, given, options);
  for (const keptAfter of [1, Math.ceil(given.length / 2)]) {
    const kept = await played(kind, given, { ...options, keptAfter });
    assert.deepEqual(kept, whole, `kept after message ${keptAfter}, it went on differently`);
  }
}

async function citesHeard(kind: AnyAgentKind, options: KindContractOptions): Promise<void> {
  const given = programme(kind, options).map((one, i) => ({ ...one, id: `heard.${i + 1}` }));
  for (const { port, step, parents } of await played(kind, given, options)) {
    const heard = new Set(given.slice(0, step + 1).map(({ id }) => id));
    const stranger = parents.find(({ id }) => !heard.has(id));
    assert.equal(stranger, undefined, `${port} cites what was not heard yet`);
  }
}
