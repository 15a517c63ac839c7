import { join } from 'node:path';
import type { Command } from 'commander';
import { encodeWav } from '../../audio/index.js';
import { generateAudio, pairRuns } from '../../models/index.js';
import { duration, wholeNumber } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';
import { writeWhole } from '../../core/index.js';

interface GenerateFlags {
  readonly una: string;
  readonly mel: string;
  readonly seconds: number;
  readonly count: number;
  readonly seed: number;
  readonly channels: number;
  readonly merges: number;
  readonly out: string;
  readonly threads: number;
  readonly registry?: string;
  readonly json?: true;
}

/** `demiurge generate --una ID|random --mel ID|random`: sounds straight from two networks. */
export function declareGenerate(command: Command): Command {
  return command
    .option('--una <id>', 'a una-GAN run, or random', 'random')
    .option('--mel <id>', 'a vocoder run, or random', 'random')
    .option('--seconds <time>', 'length of each sound', duration, 10)
    .option('--count <number>', 'how many sounds', wholeNumber(1), 5)
    .option('--seed <number>', 'where all chance comes from', wholeNumber(0), 123)
    .option('--channels <count>', 'above 1: also merges of so many sounds', wholeNumber(1), 1)
    .option('--merges <count>', 'how many merges', wholeNumber(1), 3)
    .option('--out <folder>', 'where to write the WAV files', 'out/generated')
    .option('--threads <count>', 'computing threads', wholeNumber(1), 2)
    .option('--registry <folder>', 'where runs are (default: runs here, then the package’s own)')
    .option('--json', 'print one JSON document')
    .action(generate);
}

async function generate(flags: GenerateFlags): Promise<void> {
  const { json, out, ...options } = flags;
  const { una, mel, mismatches } = await pairRuns(options);
  for (const mismatch of mismatches) complain(`mismatch: ${mismatch}`);
  if (options.channels > options.count) {
    complain(`only ${options.count} sounds to merge: so many channels, not ${options.channels}`);
  }
  const files: { file: string; seconds: number; samples: readonly number[] }[] = [];
  for await (const { name, audio, samples } of generateAudio({ ...options, una, mel })) {
    const file = join(out, `${name}.wav`);
    await writeWhole(file, encodeWav(audio));
    const seconds = (audio.channels[0]?.length ?? 0) / audio.sampleRate;
    files.push({ file, seconds, samples });
    if (json !== true) say(`${file}  ${seconds.toFixed(2)} s`);
  }
  if (json === true) sayJson({ una: una.id, mel: mel.id, mismatches, files });
}
