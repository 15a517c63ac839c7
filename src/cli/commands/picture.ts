import { extname } from 'node:path';
import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { loadAudio, spectrogramPng } from '../../audio/index.js';
import { messageOf, UserError, writeWhole } from '../../core/index.js';
import { parseRecord, type TelemetryRecord } from '../../telemetry/index.js';
import { duration, wholeNumber } from '../option-values.js';
import { say } from '../output.js';

interface PictureFlags {
  readonly output: string;
  readonly columns: number;
  readonly highest: number;
  readonly at?: number;
}

/** `demiurge picture <audio> -o spectrogram.png`, or of telemetry, `-o dashboard.svg`. */
export function declarePicture(command: Command): Command {
  return command
    .argument('<file>', 'a sound (wav, flac, mp3, ogg, aiff), or records of run --telemetry')
    .requiredOption('-o, --output <file>', 'the picture to write: .png of a sound, else .svg')
    .option('--columns <count>', 'at most so many pixels wide', wholeNumber(1), 1200)
    .option('--highest <hertz>', 'the highest frequency drawn', wholeNumber(100), 10_000)
    .option('--at <time>', 'the moment of a run to draw (default: its end)', duration)
    .action(picture);
}

async function picture(file: string, flags: PictureFlags): Promise<void> {
  const { output, columns, highest: highestHz } = flags;
  const told = file.endsWith('.jsonl');
  const ending = told ? '.svg' : '.png';
  if (extname(output).toLowerCase() !== ending) {
    const what = 'the name does not say what to write';
    throw new UserError({ what, where: output, allowed: `a name that ends in ${ending}` });
  }
  const drawn = told
    ? await dashboardOf(file, flags)
    : spectrogramPng(await loadAudio(file), { columns, highestHz });
  await writeWhole(output, drawn);
  say(`${file} → ${output}`);
}

/** The display's own drawing, loaded from where it is compiled to: it is no part of this room. */
async function dashboardOf(file: string, { at }: PictureFlags): Promise<string> {
  const records = (await textOf(file)).split('\n').flatMap((line) => {
    const record = line === '' ? undefined : parseRecord(line);
    return record ?? [];
  });
  if (!records.some(({ type }) => type === 'state')) {
    const allowed = 'records of `demiurge run --telemetry <file>`';
    throw new UserError({ what: 'it tells of no run', where: file, allowed });
  }
  const place = new URL('../../../tui/picture/dashboard-svg.js', import.meta.url);
  const tui = (await import(place.href)) as {
    dashboardSvg(records: readonly TelemetryRecord[], options: { seconds?: number }): string;
  };
  return tui.dashboardSvg(records, at === undefined ? {} : { seconds: at });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const what = `it cannot be read: ${messageOf(cause)}`;
    throw new UserError({ what, where: file, allowed: 'a file of records', cause });
  }
}
