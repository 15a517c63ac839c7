import { extname } from 'node:path';
import type { Command } from 'commander';
import { loadAudio, spectrogramPng } from '../../audio/index.js';
import { UserError, writeWhole } from '../../core/index.js';
import { wholeNumber } from '../option-values.js';
import { say } from '../output.js';

interface PictureFlags {
  readonly output: string;
  readonly columns: number;
  readonly highest: number;
}

/** `demiurge picture <audio> -o spectrogram.png`. */
export function declarePicture(command: Command): Command {
  return command
    .argument('<audio>', 'a sound file: wav, flac, mp3, ogg, aiff')
    .requiredOption('-o, --output <file>', 'the picture to write: .png')
    .option('--columns <count>', 'at most so many pixels wide', wholeNumber(1), 1200)
    .option('--highest <hertz>', 'the highest frequency drawn', wholeNumber(100), 10_000)
    .action(picture);
}

async function picture(file: string, flags: PictureFlags): Promise<void> {
  const { output, columns, highest: highestHz } = flags;
  if (extname(output).toLowerCase() !== '.png') {
    const what = 'the name does not say what to write';
    throw new UserError({ what, where: output, allowed: 'a name that ends in .png' });
  }
  await writeWhole(output, spectrogramPng(await loadAudio(file), { columns, highestHz }));
  say(`${file} → ${output}`);
}
