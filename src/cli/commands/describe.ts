import { extname } from 'node:path';
import type { Command } from 'commander';
import { describe, loadForAnalysis, toDescriptorJson } from '../../audio/index.js';
import type { Description } from '../../audio/index.js';
import { tensor, UserError, writeWhole } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';
import { writeSafetensors } from '../../models/index.js';
import { wholeNumber } from '../option-values.js';
import { say, sayJson } from '../output.js';

interface DescribeFlags {
  readonly output: string;
  readonly hop?: number;
  readonly json?: true;
}

interface Described {
  readonly path: string;
  readonly description: Description;
}

/** `demiurge describe <audio…> -o out.safetensors|out.json`. */
export function declareDescribe(command: Command): Command {
  return command
    .argument('<audio...>', 'sound files: wav, flac, mp3, ogg, aiff')
    .requiredOption('-o, --output <file>', 'where to write: .safetensors, or .json as the original')
    .option('--hop <samples>', 'samples between frames (default: 1024)', wholeNumber(1))
    .option('--json', 'print one JSON document: what was written')
    .addHelpText('after', HELP)
    .action(describeFiles);
}

const HELP = `
One file gives the tensors mfcc39 [frames, 39], centroid, flatness, rolloff, rms, f0 [frames] and
log10_mel_80 [80, t]. Several files give the same, each name behind its file's path and a colon; the
JSON joins their columns, as a database of the original does.`;

async function describeFiles(paths: readonly string[], flags: DescribeFlags): Promise<void> {
  const write = WRITERS[extname(flags.output).toLowerCase()];
  if (write === undefined) {
    throw new UserError({
      what: 'the name does not say what to write',
      where: flags.output,
      allowed: 'a name that ends in .safetensors or .json',
    });
  }
  const options = flags.hop === undefined ? {} : { hopLength: flags.hop };
  const all: Described[] = [];
  for (const path of paths) {
    all.push({ path, description: await describedFile(path, options) });
  }
  await writeWhole(flags.output, write(all));
  const files = all.map(({ path, description }) => ({ path, frames: description.mfcc39.rows }));
  if (flags.json === true) sayJson({ output: flags.output, files });
  else for (const { path, frames } of files) say(`${path}: ${frames} frames → ${flags.output}`);
}

async function describedFile(path: string, options: { hopLength?: number }): Promise<Description> {
  const audio = await loadForAnalysis(path);
  try {
    return describe(audio, options);
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    throw new UserError({ ...thrown.parts, where: path });
  }
}

const WRITERS: Readonly<Record<string, (all: readonly Described[]) => string | Uint8Array>> = {
  '.safetensors': (all) => {
    const prefix = (path: string): string => (all.length === 1 ? '' : `${path}:`);
    return writeSafetensors(
      Object.fromEntries(
        all.flatMap(({ path, description }) =>
          Object.entries(tensorsOf(description)).map(([name, one]) => [prefix(path) + name, one]),
        ),
      ),
    );
  },
  '.json': (all) => {
    const tables = all.map(({ path, description }) => tableOf(path, description));
    return `${JSON.stringify(joined(tables), undefined, 2)}\n`;
  },
};

function tensorsOf({ mfcc39, log10Mel80, ...simple }: Description): Tensors {
  return {
    mfcc39: tensor([mfcc39.rows, mfcc39.columns], mfcc39.data),
    ...Object.fromEntries(
      Object.entries(simple).map(([name, data]) => [name, tensor([data.length], data)]),
    ),
    log10_mel_80: tensor([log10Mel80.rows, log10Mel80.columns], log10Mel80.data),
  };
}

type Table = Readonly<Record<string, readonly unknown[]>>;

function tableOf(path: string, { mfcc39 }: Description): Table {
  return JSON.parse(toDescriptorJson(mfcc39, path)) as Table;
}

function joined(tables: readonly Table[]): Table {
  const names = Object.keys(tables[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, tables.flatMap((table) => table[name] ?? [])]),
  );
}
