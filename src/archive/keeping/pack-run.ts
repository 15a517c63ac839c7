import { join } from 'node:path';
import type { Audio } from '../../core/index.js';
import { hashOf } from '../canonical.js';
import { readBlob } from '../blobs.js';
import { signalOf } from '../signal-of.js';
import type { SaidRecord } from '../canonical.js';
import type { Deeds } from './deeds.js';
import { decodeFlac, encodeFlac, unfitForFlac } from './flac.js';
import type { BlobItem } from './items.js';
import { flacFile } from './kept-blob.js';
import { type PackedRecord, notePacked, readPacked } from './lists.js';
import type { ArchivePolicy } from './policy.js';

/** What packing a run's old sound came to. */
export interface Packing {
  /** Float files that a FLAC now stands for, from the run's folder. */
  readonly leave: readonly string[];
  readonly sounds: number;
  /** Of these, the sounds that come back as the very numbers. */
  readonly exact: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** The sounds of a run that its policy wants as FLAC: old enough, and no part of a checkpoint. */
export function toPack(blobs: readonly BlobItem[], policy: ArchivePolicy): readonly BlobItem[] {
  if (policy.sound === 'float') return [];
  return blobs.filter(
    ({ carries, own, raw, files }) =>
      carries === 'audio' && !raw && own > policy.packAfterSeconds && files.some(isFloat),
  );
}

/**
 * Writes a FLAC beside each sound and lists it; the float files may leave then. A sound that FLAC
 * cannot hold is listed once as staying float.
 */
export async function packSounds(
  run: string,
  items: readonly BlobItem[],
  deeds: Deeds,
): Promise<Packing> {
  const listed = readPacked(run);
  const sum = { leave: [] as string[], sounds: 0, exact: 0, bytesBefore: 0, bytesAfter: 0 };
  for (const item of items) {
    const known = listed.get(item.hash);
    if (known?.as === 'float') continue;
    const done = item.files.length > 1 && known !== undefined ? known : undefined;
    const packed = done ?? (await packSound(run, item, deeds));
    if (packed === undefined || packed.as === 'float') continue;
    sum.leave.push(...item.files.filter(isFloat));
    sum.sounds++;
    sum.exact += packed.exact ? 1 : 0;
    sum.bytesBefore += item.bytes;
    sum.bytesAfter += packed.bytes;
  }
  return sum;
}

async function packSound(
  run: string,
  { hash, form }: BlobItem,
  deeds: Deeds,
): Promise<PackedRecord | undefined> {
  const blobs = join(run, 'blobs');
  const bytes = await readBlob(blobs, hash);
  if (bytes === undefined) return undefined;
  const sound = signalOf({ carries: 'audio', form } as SaidRecord, bytes) as Audio;
  const why = unfitForFlac(sound);
  if (why !== undefined) {
    return noted(run, { hash, as: 'float', exact: true, bytes: bytes.length, why }, deeds);
  }
  const packed = await encodeFlac(sound);
  const exact = hashOf(await decodeFlac(packed)) === hash;
  deeds.writeWhole(flacFile(blobs, hash), packed);
  return noted(run, { hash, as: 'flac', exact, bytes: packed.length }, deeds);
}

function noted(run: string, record: PackedRecord, deeds: Deeds): PackedRecord {
  notePacked(run, [record], deeds);
  return record;
}

function isFloat(file: string): boolean {
  return file.endsWith('.f32');
}
