import { createHash } from 'node:crypto';
import {
  type Audio,
  type Descriptors,
  type Envelope,
  type Matrix,
  arraysOf,
  portName,
} from '../core/index.js';

/**
 * What a journal keeps of an envelope: everything but the numbers, which stand behind their hash.
 */
export interface SaidRecord {
  readonly type: 'said';
  readonly id: string;
  readonly time: number;
  readonly lap: number;
  /** Parent ids with the laps at which they were heard. */
  readonly parents: readonly (readonly [id: string, lap: number])[];
  readonly from: string;
  readonly sequence: number;
  readonly carries: string;
  /** The signal's plain fields: shapes, rates, names, values. */
  readonly form: unknown;
  /**
   * SHA-256 of the signal's numbers, little-endian float32, array after array; absent without
   * arrays.
   */
  readonly hash?: string;
  readonly models?: readonly (readonly [run: string, hash: string])[];
  readonly origins?: readonly (readonly [file: string, sample: number])[];
}

/** The bytes of a signal's arrays, one after another. */
export function signalBytes(envelope: Envelope): Uint8Array {
  const parts = arraysOf(envelope.carries, envelope.signal).map(
    (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  );
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

/** SHA-256 of bytes, in hexadecimal. */
export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function formOf(envelope: Envelope): unknown {
  if (envelope.carries === 'audio') {
    const { sampleRate, channels } = envelope.signal as Audio;
    return { sampleRate, channels: channels.length, samples: channels[0]?.length ?? 0 };
  }
  if (envelope.carries === 'control' || envelope.carries === 'matches') return envelope.signal;
  const { rows, columns } = envelope.signal as Matrix;
  const { hopLength, sampleRate, names } = envelope.signal as Partial<Descriptors>;
  return { rows, columns, hopLength, sampleRate, names: names?.join(' ') };
}

/** An envelope as its journal record; `bytes` are those of `signalBytes`. */
export function saidRecord(envelope: Envelope, bytes: Uint8Array): SaidRecord {
  const { id, time, lap, source, sequence, carries, parents, models, origins } = envelope;
  return {
    type: 'said',
    id,
    time,
    lap,
    parents: parents.map((parent) => [parent.id, parent.lap] as const),
    from: portName(source),
    sequence,
    carries,
    form: formOf(envelope),
    ...(bytes.length > 0 ? { hash: hashOf(bytes) } : {}),
    ...(models ? { models: models.map((model) => [model.run, model.hash] as const) } : {}),
    ...(origins ? { origins: origins.map((o) => [o.file, o.sample] as const) } : {}),
  };
}
