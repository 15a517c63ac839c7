import type { Command } from 'commander';
import {
  DISK,
  type Pin,
  addPin,
  findRun,
  openRun,
  readPins,
  removePins,
} from '../../archive/index.js';
import { UserError, parseDuration, toSeconds } from '../../core/index.js';
import { duration } from '../option-values.js';
import { columns, say, sayJson } from '../output.js';

interface PinFlags {
  readonly remove?: true;
  readonly for: number;
  readonly json?: true;
}

/** `demiurge archive pin <run> [time|envelope]`. */
export function declarePin(archive: Command): void {
  archive
    .command('pin <run> [what]')
    .summary('keep a time (90s, 12:30), an envelope (mel.17) or all of a run for ever')
    .option('--for <time>', 'how long what is pinned by its time lasts', duration, 10)
    .option('--remove', 'take the pin away again')
    .option('--json', 'print one JSON document: the pins of the run')
    .addHelpText('after', HELP)
    .action(pin);
}

const HELP = `
What is pinned stays with its whole ancestry, whatever the archive: section of the scenario says.
A pin does not bring back what was thinned before.`;

function pin(run: string, what: string | undefined, flags: PinFlags): void {
  const folder = findRun(run);
  const wanted = pinOf(folder, what, flags.for);
  if (flags.remove === true) remove(folder, wanted);
  else addPin(folder, wanted, DISK);
  const pins = readPins(folder);
  if (flags.json === true) return sayJson(pins);
  say(pins.length === 0 ? 'no pins are left' : columns(pins.map((one) => ['pinned', saying(one)])));
}

function remove(folder: string, wanted: Pin): void {
  const goes = (one: Pin): boolean => overlaps(one, wanted);
  if (removePins(folder, goes, DISK) > 0) return;
  const pins = readPins(folder).map(saying).join(', ');
  throw new UserError({
    what: `${saying(wanted)} is not pinned`,
    where: folder,
    allowed: pins === '' ? 'it has no pins' : pins,
  });
}

function pinOf(folder: string, what: string | undefined, lasts: number): Pin {
  if (what === undefined) return { pin: 'run' };
  const from = secondsOf(what);
  if (from !== undefined) return { pin: 'time', from, to: from + lasts };
  const { records, record } = openRun(folder);
  for (const said of records()) {
    if (said.type !== 'said' || said.id !== what) continue;
    return { pin: 'envelope', envelope: what, at: toSeconds(said.time, record.sampleRate) };
  }
  throw new UserError({
    what: `no envelope is called ${what}`,
    where: folder,
    allowed: 'a time such as 90s or 12:30, or an envelope such as mel.17',
  });
}

/** `90s`, `12min`, `12:30` or `1:02:03.5`; undefined for anything else. */
function secondsOf(text: string): number | undefined {
  if (!/^\d+(:\d{1,2}){1,2}(\.\d+)?$/.test(text)) return parseDuration(text);
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

function overlaps(one: Pin, wanted: Pin): boolean {
  if (one.pin === 'time' && wanted.pin === 'time')
    return one.from <= wanted.from && wanted.from < one.to;
  if (one.pin === 'envelope' && wanted.pin === 'envelope') return one.envelope === wanted.envelope;
  return one.pin === 'run' && wanted.pin === 'run';
}

function saying(pin: Pin): string {
  if (pin.pin === 'run') return 'the whole run';
  if (pin.pin === 'envelope') return `${pin.envelope}, at ${pin.at.toFixed(1)} s`;
  return `${pin.from.toFixed(1)} s to ${pin.to.toFixed(1)} s`;
}
