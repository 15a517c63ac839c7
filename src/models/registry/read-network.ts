import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { messageOf, type Tensor, UserError } from '../../core/index.js';
import { readCheckpoint } from '../formats/checkpoint.js';
import { type NetworkConfig, parseConfig } from '../networks/config.js';
import { parametersOf } from '../networks/describe.js';
import type { NetworkKind, ParameterSpec, Weights } from '../networks/kind.js';
import { declaredKind, guessKind } from './guess-kind.js';
import { completeSettings } from './infer-config.js';
import { withWeightNorm } from './restore-norm.js';
import { nearestTo, type RunFiles } from './run-files.js';
import { sha256 } from './run-file.js';
import type { DraftNetwork } from './save-run.js';
import { parseSettings, type Settings } from './settings-file.js';

/** A network read from a training run's files. */
export interface FoundNetwork extends DraftNetwork {
  /** The checkpoint's absolute path. */
  readonly file: string;
  readonly source: { readonly file: string; readonly sha256: string };
  readonly settings: Settings;
  readonly notes: readonly string[];
}

/**
 * Reads a checkpoint with the settings nearest to it; throws a UserError when they do not make one
 * sound network.
 */
export async function readNetwork(file: string, files: RunFiles): Promise<FoundNetwork> {
  const bytes = await readFile(file);
  const checkpoint = readCheckpoint(bytes, file);
  const settings = { ...checkpoint.settings, ...(await settingsFor(file, files)) };
  const stored = withWeightNorm(checkpoint.weights);
  const kind = guessKind(stored, file);
  checkDeclared(kind, settings, file);
  const completed = completeSettings(kind, stored, settings, file);
  const config = configOf(kind, completed.settings, file);
  const weights = fitted(parametersOf(kind, config), stored, file);
  const source = { file: relative(files.root, file), sha256: sha256(bytes) };
  return { file, source, kind, config, weights, settings, notes: completed.notes };
}

/**
 * The settings beside or above a checkpoint, or else the only ones there are, unless they stand
 * beside another checkpoint, such as a vocoder's below a una-GAN.
 */
async function settingsFor(file: string, files: RunFiles): Promise<Settings> {
  const taken = new Set([...files.checkpoints.values()].map((path) => dirname(path)));
  const free = files.settings.filter((path) => !taken.has(dirname(path)));
  const lone = free.length === 1 ? free[0] : undefined;
  const path = nearestTo(file, files.settings, files.root) ?? lone;
  if (path === undefined) return {};
  try {
    return parseSettings(await readFile(path, 'utf8'), path);
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    throw new UserError({ what: messageOf(thrown), where: path });
  }
}

function configOf(kind: NetworkKind, settings: Settings, where: string): NetworkConfig {
  try {
    return parseConfig(kind, settings);
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    throw new UserError({ ...thrown.parts, where: `${where} as ${kind}` });
  }
}

function checkDeclared(kind: NetworkKind, settings: Settings, where: string): void {
  const declared = declaredKind(settings);
  if (declared === undefined || declared === kind) return;
  // A vocoder's settings may lie above its discriminator.
  if (kind.endsWith('-discriminator')) return;
  throw new UserError({
    what: `the settings say ${declared}, the weights are those of ${kind}`,
    where,
    hint: 'put the settings of the run that made these weights beside them',
  });
}

/**
 * Checks that there are exactly the network's parameters; a missing, misshapen, unknown or
 * non-finite one is a UserError that names it.
 */
function fitted(specs: readonly ParameterSpec[], weights: Weights, where: string): Weights {
  const fitting = new Map(specs.map((spec) => [spec.name, fittedOne(spec, weights, where)]));
  const unknown = [...weights.keys()].find((name) => !fitting.has(name));
  if (unknown === undefined) return fitting;
  throw new UserError({ what: `the network has no place for '${unknown}'`, where, hint: HINT });
}

const HINT = 'the checkpoint and its settings do not belong together, or it is incomplete';

function fittedOne({ name, shape }: ParameterSpec, weights: Weights, where: string): Tensor {
  const value = weights.get(name);
  if (value === undefined) throw new UserError({ what: `'${name}' is missing`, where, hint: HINT });
  if (value.shape.join() !== shape.join()) {
    const what = `'${name}' has the shape [${value.shape.join(', ')}]`;
    throw new UserError({ what, where, allowed: `[${shape.join(', ')}]`, hint: HINT });
  }
  if (value.data.every(Number.isFinite)) return value;
  const what = `'${name}' holds numbers that are not finite`;
  throw new UserError({ what, where, hint: 'the training diverged: use an earlier checkpoint' });
}
