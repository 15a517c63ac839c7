import { readFile } from 'node:fs/promises';
import { UserError, writeWhole } from '../../core/index.js';
import type { Tensor, Tensors } from '../../core/index.js';
import { readSafetensors, writeSafetensors } from '../formats/safetensors.js';
import { denormalise } from './denormalise.js';
import { FORECAST_DEFAULT } from './infer-sequencer.js';
import type { RegistryOptions } from './registry.js';
import type { Role } from './run-kind.js';
import { loadRun, type OpenOptions, type RunRecord } from './run-record.js';

/** How a run is applied to tensors. */
export interface RunOnOptions extends RegistryOptions, OpenOptions {
  /** Frames that a sequencer predicts; its forecast size unless told. */
  readonly steps?: number;
}

interface Task {
  readonly role: Role;
  readonly feeds: Tensors;
}

/**
 * Applies every network of a run that the given tensors feed: `z` (and `h0`…, zeros if left out) →
 * `feat` and `mel`; `mel` → `audio`, or → `z` and `recon` (normalised mel); `window` →
 * `prediction` (normalised). UserError when none is fed.
 */
export async function runOn(
  id: string,
  inputs: Tensors,
  options: RunOnOptions = {},
): Promise<Tensors> {
  const run = await loadRun(id, options);
  const tasks = tasksFor(run, inputs);
  if (tasks.length === 0) {
    const what = `the input holds ${Object.keys(inputs).join(', ') || 'nothing'}`;
    throw new UserError({ what, where: `run ${run.id}`, allowed: wantedBy(run) });
  }
  tasks.forEach(({ feeds }) => checkFinite(feeds));
  const results: Tensors[] = [];
  for (const task of tasks) results.push(await outcome(run, task, options));
  return Object.assign({}, ...results);
}

/** One such number would spread over everything that is said. */
function checkFinite(feeds: Tensors): void {
  for (const [name, { data }] of Object.entries(feeds)) {
    if (data.every(Number.isFinite)) continue;
    throw new UserError({ what: `the input ${name} holds numbers that are not finite` });
  }
}

/** The files of `models run`. */
export interface RunOnFiles extends RunOnOptions {
  readonly input: string;
  readonly output: string;
}

/**
 * `runOn` from a safetensors file to another, which appears whole or not at all; returns the
 * outputs' shapes.
 */
export async function runOnFiles(
  id: string,
  { input, output, ...options }: RunOnFiles,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const tensors = readSafetensors(await readFile(input).catch(unreadable), input);
  const results = await runOn(id, tensors, options);
  await writeWhole(output, writeSafetensors(results));
  return Object.fromEntries(Object.entries(results).map(([name, { shape }]) => [name, shape]));
}

function unreadable(cause: Error): never {
  throw new UserError({ what: cause.message, allowed: 'a safetensors file', cause });
}

function tasksFor({ networks, kind }: RunRecord, inputs: Tensors): readonly Task[] {
  const { z, mel, window, audio } = inputs;
  const tasks: (Task | undefined)[] = [
    z && networks.generator && { role: 'generator', feeds: { z, ...hiddenIn(inputs) } },
    mel && networks.vocoder && { role: 'vocoder', feeds: { mel } },
    mel && networks.encoder && { role: 'encoder', feeds: { mel } },
    window && networks.sequencer && { role: 'sequencer', feeds: { window } },
    networks.discriminator && criticTask(networks.discriminator.kind, { mel, audio }),
  ];
  // A mel beside `z` is the expected answer of a generator, not a question to its critics.
  const asked = kind.startsWith('una-gan') && z && networks.generator;
  return tasks.filter((task) => task && (!asked || task.role === 'generator')) as Task[];
}

function criticTask(
  kind: string,
  { mel, audio }: { mel: Tensor | undefined; audio: Tensor | undefined },
): Task | undefined {
  if (kind === 'una-gan-discriminator') return mel && { role: 'discriminator', feeds: { mel } };
  return audio && { role: 'discriminator', feeds: { audio } };
}

function hiddenIn(inputs: Tensors): Tensors {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => /^h\d+$/.test(name)));
}

async function outcome(run: RunRecord, task: Task, options: RunOnOptions): Promise<Tensors> {
  const model = await run.open(task.role, options);
  try {
    const outputs = await model.run(task.feeds, stepsFor(run, task, options));
    const { feat, prediction } = outputs;
    if (prediction !== undefined) return { prediction };
    return feat && run.stats ? { feat, mel: denormalise(feat, run.stats) } : outputs;
  } finally {
    await model.close();
  }
}

/**
 * Runs of the original that feed themselves back store a forecast of zero: they have none of their
 * own.
 */
function stepsFor({ networks }: RunRecord, { role }: Task, { steps }: RunOnOptions) {
  if (role !== 'sequencer') return {};
  const own = Number(networks.sequencer?.config.forecast_size ?? 0);
  return { steps: steps ?? (own > 0 ? own : FORECAST_DEFAULT) };
}

function wantedBy({ networks }: RunRecord): string {
  const wants: Readonly<Record<Role, string>> = {
    generator: 'z (with h0, h1, … if wanted)',
    vocoder: 'mel',
    encoder: 'mel (normalised)',
    discriminator: 'mel (normalised) or audio',
    sequencer: 'window (normalised)',
  };
  return Object.keys(networks)
    .map((role) => wants[role as Role])
    .join(', or ');
}
