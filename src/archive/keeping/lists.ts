import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/index.js';
import type { Deeds } from './deeds.js';

/**
 * A blob or checkpoint that was taken away, as `thinned.jsonl` lists it before it goes. Of a blob
 * that never was kept, for want of room, there is the hash alone.
 */
export interface ThinnedRecord {
  /** Of the signal's numbers, or of the checkpoint's text. */
  readonly hash: string;
  readonly bytes?: number;
  readonly why?: string;
  /** Wall time, ISO 8601. */
  readonly at?: string;
}

/** A sound that was packed, or cannot be, as `packed.jsonl` lists it. */
export interface PackedRecord {
  readonly hash: string;
  readonly as: 'flac' | 'float';
  /** Whether the packed sound gives back the very numbers. */
  readonly exact: boolean;
  readonly bytes: number;
  readonly why?: string;
}

/**
 * What of a run is to stay whatever its policy says: all of it, a time, or one envelope and when it
 * was said; in seconds of logical time.
 */
export type Pin =
  | { readonly pin: 'run' }
  | { readonly pin: 'time'; readonly from: number; readonly to: number }
  | { readonly pin: 'envelope'; readonly envelope: string; readonly at: number };

/** A message that is delivered to an agent no more, as `shelf.jsonl` lists it. */
export interface ShelvedRecord {
  /** The envelope that was being heard the last time; it is pinned. */
  readonly id: string;
  readonly agent: string;
  readonly port: string;
  /** Logical time, in samples. */
  readonly time: number;
  readonly why: string;
  /** SHA-256 of what was heard: the signal as it came out of the link. */
  readonly hash: string;
}

const SHELF = 'shelf.jsonl';
const THINNED = 'thinned.jsonl';
const PACKED = 'packed.jsonl';
const PINS = 'pins.jsonl';

/** What was taken from a run, by hash; what is there again nevertheless is simply there. */
export function readThinned(run: string): ReadonlyMap<string, ThinnedRecord> {
  return byHash(linesOf<ThinnedRecord>(join(run, THINNED)));
}

/** What was packed in a run, by hash. */
export function readPacked(run: string): ReadonlyMap<string, PackedRecord> {
  return byHash(linesOf<PackedRecord>(join(run, PACKED)));
}

/** Lists what is about to go, on the disk before this returns; what is listed already is not. */
export function noteThinned(run: string, going: readonly ThinnedRecord[], deeds: Deeds): void {
  const listed = readThinned(run);
  const fresh = going.filter(({ hash }) => !listed.has(hash));
  addLines(join(run, THINNED), fresh, deeds);
}

/** Lists what was packed, on the disk before this returns. */
export function notePacked(run: string, packed: readonly PackedRecord[], deeds: Deeds): void {
  addLines(join(run, PACKED), packed, deeds);
}

/** Lists a message that was shelved and pins its envelope; on the disk before this returns. */
export function noteShelved(run: string, shelved: ShelvedRecord, at: number, deeds: Deeds): void {
  addLines(join(run, SHELF), [shelved], deeds);
  addPin(run, { pin: 'envelope', envelope: shelved.id, at }, deeds);
}

/** What was shelved in a run, in order. */
export function readShelf(run: string): readonly ShelvedRecord[] {
  return linesOf<ShelvedRecord>(join(run, SHELF));
}

/** The pins of a run, in the order they were set. */
export function readPins(run: string): readonly Pin[] {
  return linesOf<Pin>(join(run, PINS));
}

/** Sets a pin; one that is there already stays as it is. */
export function addPin(run: string, pin: Pin, deeds: Deeds): void {
  if (!readPins(run).some((one) => same(one, pin))) addLines(join(run, PINS), [pin], deeds);
}

/** Takes pins away; returns how many there were. */
export function removePins(run: string, goes: (pin: Pin) => boolean, deeds: Deeds): number {
  const pins = readPins(run);
  const left = pins.filter((pin) => !goes(pin));
  if (left.length < pins.length) deeds.writeWhole(join(run, PINS), Buffer.from(textOf(left)));
  return pins.length - left.length;
}

function same(a: Pin, b: Pin): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function byHash<T extends { readonly hash: string }>(lines: readonly T[]): ReadonlyMap<string, T> {
  return new Map(lines.map((line) => [line.hash, line]));
}

function textOf(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** A line that a power cut left half written must not swallow the next one. */
function addLines(file: string, lines: readonly unknown[], deeds: Deeds): void {
  if (lines.length === 0) return;
  const torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'));
  deeds.append(file, (torn ? '\n' : '') + textOf(lines));
}

/** The JSON lines of a file, none where there is no file; a torn line is passed over. */
export function linesOf<T>(file: string): readonly T[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as T];
    } catch {
      // A torn line says nothing: what it would have listed was never touched.
      if (line.startsWith('{"') && !line.endsWith('}')) return [];
      throw new UserError({ what: 'this line is damaged', where: `${file}:${index + 1}` });
    }
  });
}
