import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { messageOf, UserError } from '../../core/index.js';

/** Reads a number of minutes above none. */
export function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Write a number above 0.');
}

/**
 * The settings that replace the recipe's: those of a JSON file, then `key=value` texts, whose
 * values are JSON where they can be read as such, else text.
 */
export async function changesOf({
  settings,
  set = [],
}: Pick<DecidingFlags, 'settings' | 'set'>): Promise<Readonly<Record<string, unknown>>> {
  const stored = settings === undefined ? {} : await objectIn(settings);
  return { ...stored, ...Object.fromEntries(set.map(changeOf)) };
}

async function objectIn(file: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw new Error('it holds no object');
  } catch (cause) {
    throw new UserError({ what: messageOf(cause), where: file, allowed: 'a JSON object', cause });
  }
}

function changeOf(text: string): readonly [string, unknown] {
  const [, name, value] = /^([\w]+)=(.+)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, valueOf(value)];
  throw new UserError({ what: `'${text}' sets nothing`, where: '--set', allowed: 'key=value' });
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Plain text needs no quotes.
    return text;
  }
}

/** What a resumed training has from its beginning, and cannot be told again. */
const BEGINNING = 'corpus kind recipe settings set from engine seed id'.split(' ');

/** Refuses what a resumed training would have to ignore. Throws a UserError that names it. */
export function refuseAtResume(name: string | undefined, command: Command): void {
  const told = BEGINNING.filter((option) => command.getOptionValueSource(option) === 'cli');
  const words = [...(name === undefined ? [] : [name]), ...told.map((option) => `--${option}`)];
  if (words.length === 0) return;
  throw new UserError({
    what: `a training that goes on keeps what it began with: ${words.join(', ')} cannot change`,
    where: '--resume',
    allowed: '--steps, --minutes, --threads, --workers, --track',
    hint: 'begin a new training from its weights with --from',
  });
}

/** What of the command line decides what is trained. */
export interface DecidingFlags {
  readonly corpus?: string;
  readonly kind?: string;
  readonly recipe: string;
  readonly from?: string;
  readonly engine: string;
  readonly threads?: number;
  readonly workers?: number;
  readonly seed: number;
  readonly settings?: string;
  readonly set?: readonly string[];
  readonly steps?: number;
  readonly id?: string;
}

/** The command line that does the same again, whatever order it was written in. */
export function commandOf(family: string, flags: DecidingFlags): string {
  const { corpus, kind, recipe, from, engine, threads, workers, seed, steps, id } = flags;
  const { settings, set = [] } = flags;
  const learned = { corpus, kind, recipe, settings, from };
  const options = { ...learned, engine, threads, workers, seed, steps, id };
  const written = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quoted(String(value))}`],
  );
  const sets = set.length === 0 ? [] : [`--set ${set.map(quoted).join(' ')}`];
  return ['demiurge train', family, ...written, ...sets].join(' ');
}

function quoted(text: string): string {
  return /^[\w./=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
