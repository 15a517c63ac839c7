import { Encoder, Tag } from 'cbor-x';
import { UserError, messageOf } from '../core/index.js';
import { arrayFromBytes, bytesOfArray, checkArray, copyArray, mapBody, stepOf } from './body.js';
import type { NumberArray } from './body.js';
import type { Subject } from './bus.js';
import { BLOB_TAG, notAFrame, scanFrame } from './frame-scan.js';
import { isSubject } from './subjects.js';

/** The version of the frame this code speaks and understands. */
export const WIRE_VERSION = 1;

/** Arrays referred to by one message may weigh this many bytes together. */
export const BLOB_BYTES_MAX = 256 * 1024 * 1024;

/** Arrays travel inside their message while all of them together weigh no more than this. */
export const INLINE_BYTES_MAX = 512 * 1024;

const BLOBS_MAX = 4096;

/**
 * What stands in for a large array: its SHA-256 in hexadecimal, its kind and size, and where to
 * ask.
 */
export interface BlobRef {
  readonly hash: string;
  /** Name of the typed array, such as `Float32Array`. */
  readonly array: string;
  readonly bytes: number;
  readonly ask: Subject;
}

/** What a frame says of itself: who published it, and the publisher's count for its subject. */
export interface FrameStamp {
  readonly publisher: string;
  /** From 1. */
  readonly sequence: number;
}

/** A frame as read: a message, or only the tally of how many messages there have been. */
export type Frame =
  | (FrameStamp & { readonly says: 'tally' })
  | (FrameStamp & {
      readonly says: 'message';
      /** What must be fetched before it can be opened. */
      readonly blobs: readonly BlobRef[];
      /**
       * The body in memory of its own, from the fetched bytes by hash; throws when one is missing.
       */
      open(fetched: ReadonlyMap<string, Uint8Array>): unknown;
    });

/**
 * Puts a large array elsewhere and returns its reference, or undefined to let it travel in the
 * frame.
 */
export type Outsource = (array: NumberArray) => BlobRef | undefined;

const cbor = new Encoder({
  useRecords: false,
  mapsAsObjects: true,
  variableMapSize: true,
  tagUint8Array: true,
});

/**
 * Writes a message as CBOR; throws a UserError for a body that cannot travel.
 * When its arrays weigh more than INLINE_BYTES_MAX together, each is offered to `outsource`.
 */
export function encodeFrame(
  { publisher, sequence, body }: FrameStamp & { readonly body: unknown },
  outsource: Outsource = () => undefined,
): Uint8Array {
  let weight = 0;
  const plain = mapBody(body, (leaf) => {
    const array = untagged(checkArray(leaf));
    weight += array.byteLength;
    return array;
  });
  const packed = weight > INLINE_BYTES_MAX ? outsourced(plain, outsource) : plain;
  return cbor.encode({ v: WIRE_VERSION, publisher, sequence, body: packed });
}

/**
 * Writes a tally: how many messages the publisher has said under a subject, so that a lost last one
 * shows.
 */
export function encodeTally({ publisher, sequence }: FrameStamp): Uint8Array {
  return cbor.encode({ v: WIRE_VERSION, publisher, sequence, tally: true });
}

/** Reads a frame; throws a UserError for anything else, and for a frame of another version. */
export function decodeFrame(bytes: Uint8Array): Frame {
  scanFrame(bytes);
  const frame = readRecord(bytes);
  checkVersion(frame['v']);
  const { publisher, sequence, body } = frame;
  if (typeof publisher !== 'string' || publisher === '' || publisher.length > 128) {
    throw notAFrame('it names no publisher');
  }
  if (!Number.isSafeInteger(sequence) || (sequence as number) < 1) {
    throw notAFrame('it has no sequence');
  }
  const stamp = { publisher, sequence: sequence as number };
  if (frame['tally'] === true) return { ...stamp, says: 'tally' };
  if (!Object.hasOwn(frame, 'body')) throw notAFrame('it has no body');
  return { ...stamp, says: 'message', ...openable(body) };
}

function readRecord(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = cbor.decode(bytes);
  } catch (error) {
    throw notAFrame(messageOf(error));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw notAFrame('it is not a record');
  }
  return value as Record<string, unknown>;
}

function checkVersion(version: unknown): void {
  if (version === WIRE_VERSION) return;
  if (!Number.isSafeInteger(version)) throw notAFrame('it has no version');
  throw new UserError({
    what: `a message speaks wire format ${String(version)}, this Demiurge speaks ${WIRE_VERSION}`,
    hint: 'run the same version of Demiurge on every machine',
  });
}

function openable(body: unknown): Pick<Frame & { says: 'message' }, 'blobs' | 'open'> {
  const blobs: BlobRef[] = [];
  const packed = mapBody(body, (leaf) => {
    if (!(leaf instanceof Tag)) return copyArray(checkArray(leaf));
    blobs.push(checkRef(leaf.value));
    return leaf;
  });
  checkWeight(blobs);
  if (blobs.length === 0) return { blobs, open: () => packed };
  return { blobs, open: (fetched) => mapBody(packed, (leaf) => fillLeaf(leaf, fetched)) };
}

function fillLeaf(leaf: object, fetched: ReadonlyMap<string, Uint8Array>): unknown {
  if (!(leaf instanceof Tag)) return leaf;
  const { hash, array } = leaf.value as BlobRef;
  const bytes = fetched.get(hash);
  if (bytes === undefined) throw notAFrame(`the array ${hash} is missing`);
  return arrayFromBytes(array, bytes);
}

function checkRef(value: unknown): BlobRef {
  const { hash, array, bytes, ask } = value as Partial<BlobRef>;
  const step = typeof array === 'string' ? stepOf(array) : undefined;
  const isHash = typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
  const isSize = Number.isSafeInteger(bytes) && (bytes as number) >= 0;
  if (!isHash || !isSize || step === undefined || (bytes as number) % step !== 0) {
    throw notAFrame('it refers to an array that cannot be');
  }
  // Only the subject made for this hash: a frame must not send its readers to ask elsewhere.
  if (typeof ask !== 'string' || !isSubject(ask) || !isAskSubject(ask, hash)) {
    throw notAFrame('it refers to an array nobody may be asked for');
  }
  return { hash, array: array as string, bytes: bytes as number, ask };
}

function isAskSubject(ask: string, hash: string): boolean {
  const [root, run, part, what, ...rest] = ask.split('.');
  return root === 'demiurge' && run !== '' && part === 'blob' && what === hash && rest.length === 0;
}

function checkWeight(blobs: readonly BlobRef[]): void {
  const bytes = blobs.reduce((sum, blob) => sum + blob.bytes, 0);
  if (bytes > BLOB_BYTES_MAX || blobs.length > BLOBS_MAX) throw notAFrame('it refers to too much');
}

function outsourced(body: unknown, outsource: Outsource): unknown {
  return mapBody(body, (leaf) => {
    const ref = outsource(leaf as NumberArray);
    return ref === undefined ? leaf : new Tag({ ...ref }, BLOB_TAG);
  });
}

/** A Buffer would be written as untagged bytes, which the reader could not tell from others. */
function untagged(array: NumberArray): NumberArray {
  return Buffer.isBuffer(array) ? bytesOfArray(array) : array;
}
