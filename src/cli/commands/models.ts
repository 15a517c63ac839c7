import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { messageOf, UserError } from '../../core/index.js';
import {
  createUntrainedRun,
  importRun,
  listRuns,
  NETWORK_KINDS,
  pairRuns,
  runOnFiles,
  showRun,
} from '../../models/index.js';
import type { NetworkKind, RegistryOptions, RunRecord } from '../../models/index.js';
import { nearest } from '../nearest.js';
import { names, runId, wholeNumber } from '../option-values.js';
import { columns, complain, say, sayJson } from '../output.js';
import { declareEvaluate } from './models-evaluate.js';

interface RegistryFlags extends RegistryOptions {
  readonly json?: true;
}

/** `demiurge models import|create|list|show|pair|run|evaluate`. */
export function declareModels(command: Command): Command {
  declareImport(command);
  declareCreate(command);
  declareList(command);
  declareShow(command);
  declarePair(command);
  declareRunOn(command);
  declareEvaluate(command);
  return command;
}

function withRegistry(command: Command): Command {
  return command
    .option('--registry <folder>', 'where runs are (default: runs here, then the package’s own)')
    .option('--json', 'print one JSON document');
}

function declareImport(models: Command): void {
  const command = models
    .command('import <folder>')
    .summary('take the networks of a training run into the registry')
    .option('--kind <kind>', 'which network it is, where the files do not say')
    .option('--id <id>', 'the id to give: eight letters and digits', runId);
  withRegistry(command).action(async (folder: string, flags: ImportFlags) => {
    const { json, ...options } = flags;
    const { run, also } = await importRun(folder, options);
    if (json === true) return sayJson({ ...documentOf(run), also: also.map(documentOf) });
    for (const one of [run, ...also]) say(lineOf(one));
  });
}

interface ImportFlags extends RegistryFlags {
  readonly kind?: string;
  readonly id?: string;
}

function declareCreate(models: Command): void {
  const command = models
    .command('create <kind>')
    .summary('make an untrained run, as a training would start it')
    .option('--config <file>', 'widths as JSON (default: those of the original)')
    .option('--with <kinds>', 'further networks of the same run, with commas between', names)
    .option('--seed <number>', 'where the weights come from', wholeNumber(0), 1)
    .option('--id <id>', 'the id to give: eight letters and digits', runId);
  withRegistry(command).action(async (kind: string, flags: CreateFlags) => {
    const { json, config: file, seed, with: beside = [], ...where } = flags;
    const config = file === undefined ? {} : await jsonOf(file);
    const options = { ...where, with: beside.map(kindOf) };
    const run = await createUntrainedRun(kindOf(kind), config, seed, options);
    if (json === true) sayJson(documentOf(run));
    else say(lineOf(run));
  });
}

interface CreateFlags extends RegistryFlags {
  readonly config?: string;
  readonly with?: readonly string[];
  readonly seed: number;
  readonly id?: string;
}

function kindOf(name: string): NetworkKind {
  return nearest('network', name, new Map(NETWORK_KINDS.map((kind) => [kind as string, kind])));
}

async function jsonOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
    throw new Error('it holds no object');
  } catch (cause) {
    throw new UserError({ what: messageOf(cause), where: file, allowed: 'a JSON object', cause });
  }
}

function declareList(models: Command): void {
  const command = models.command('list').summary('every run there is');
  withRegistry(command).action(async ({ json, ...options }: RegistryFlags) => {
    const list = await listRuns(options);
    if (json === true) return sayJson(list);
    if (list.runs.length === 0) complain('no runs yet\n  Try: demiurge models import <folder>');
    for (const { id, folder, error } of list.broken) complain(`${id} in ${folder}: ${error}`);
    const rows = list.runs.map(({ id, kind, trained, roles }) => [
      id,
      kind,
      trained ? 'trained' : 'untrained',
      roles.join(', '),
    ]);
    if (rows.length > 0) say(columns(rows));
  });
}

function declareShow(models: Command): void {
  const command = models.command('show <id>').summary('the card of one run');
  withRegistry(command).action(async (id: string, { json, ...options }: RegistryFlags) => {
    const details = await showRun(id, options);
    if (json === true) sayJson(details);
    else say(`${details.card.trimEnd()}\n\n${details.folder}`);
  });
}

function declarePair(models: Command): void {
  const command = models
    .command('pair')
    .summary('pair a una-GAN with a vocoder, by chance unless named')
    .option('--una <id>', 'a una-GAN run, or random', 'random')
    .option('--mel <id>', 'a vocoder run, or random', 'random')
    .option('--seed <number>', 'where chance comes from', wholeNumber(0), 123);
  withRegistry(command).action(async ({ json, ...options }: PairFlags) => {
    const { una, mel, mismatches } = await pairRuns(options);
    if (json === true) {
      return sayJson({ una: documentOf(una), mel: documentOf(mel), mismatches });
    }
    say(`${lineOf(una)}\n${lineOf(mel)}`);
    for (const mismatch of mismatches) say(`  mismatch: ${mismatch}`);
  });
}

interface PairFlags extends RegistryFlags {
  readonly una: string;
  readonly mel: string;
  readonly seed: number;
}

function declareRunOn(models: Command): void {
  const command = models
    .command('run <id>')
    .summary('apply a run’s networks to tensors: z → mel, mel → audio, window → prediction')
    .requiredOption('--input <file>', 'a safetensors file of inputs by name')
    .requiredOption('--output <file>', 'the safetensors file to write')
    .option('--steps <count>', 'frames for a sequencer to predict', wholeNumber(1))
    .option('--threads <count>', 'computing threads', wholeNumber(1));
  withRegistry(command).action(async (id: string, { json, ...options }: RunOnFlags) => {
    const shapes = await runOnFiles(id, options);
    if (json === true) return sayJson({ output: options.output, shapes });
    for (const [name, shape] of Object.entries(shapes)) say(`${name} [${shape.join(', ')}]`);
  });
}

interface RunOnFlags extends RegistryFlags {
  readonly input: string;
  readonly output: string;
  readonly steps?: number;
  readonly threads?: number;
}

function documentOf(run: RunRecord): object {
  const { id, kind, trained, hash, folder, networks, notes } = run;
  return { id, kind, trained, hash, folder, roles: Object.keys(networks), notes };
}

function lineOf({ id, kind, trained, networks, folder }: RunRecord): string {
  const roles = Object.keys(networks).join(', ');
  return `${id}  ${kind} (${roles}), ${trained ? 'trained' : 'untrained'}, in ${folder}`;
}
