import { UserError } from '../core/index.js';

const DEPTH_MAX = 72;

/**
 * CBOR tags of the typed arrays that may travel (RFC 8746, little-endian) with their bytes per
 * number.
 */
const ARRAY_STEPS: ReadonlyMap<number, number> = new Map([
  [64, 1],
  [68, 1],
  [69, 2],
  [70, 4],
  [72, 1],
  [77, 2],
  [78, 4],
  [85, 4],
  [86, 8],
]);

/** The CBOR tag under which a reference stands in for a large array. */
export const BLOB_TAG = 40_500;

/**
 * Walks over CBOR bytes before the decoder sees them and throws a UserError unless they are one
 * complete item of what a frame may hold: no dates, classes, shared references or other tags, no
 * endless lengths, no deep nesting.
 */
export function scanFrame(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = scanItem(view, 0, 0);
  if (end !== bytes.length) throw notAFrame('bytes follow its end');
}

/** The error of bytes that are not a frame, and why. */
export function notAFrame(why: string): UserError {
  return new UserError({ what: `a message on the bus is not a frame of Demiurge: ${why}` });
}

interface Head {
  readonly major: number;
  readonly info: number;
  readonly value: number;
  readonly next: number;
}

/** Returns where the item ends. */
function scanItem(view: DataView, at: number, depth: number): number {
  if (depth > DEPTH_MAX) throw notAFrame('it is nested too deep');
  const head = readHead(view, at);
  switch (head.major) {
    case 0:
    case 1:
      return head.next;
    case 2:
    case 3:
      return skip(view, head.next, head.value);
    case 4:
      return scanItems(view, head, head.value, depth);
    case 5:
      return scanItems(view, head, head.value * 2, depth);
    case 6:
      return scanTagged(view, head, depth);
    default:
      return scanSimple(head);
  }
}

function scanItems(view: DataView, head: Head, count: number, depth: number): number {
  // Each item takes a byte at least: a count that cannot be true is refused before anything is made
  // of it.
  if (count > view.byteLength - head.next) throw notAFrame('it ends too early');
  let at = head.next;
  for (let i = 0; i < count; i++) {
    if (head.major === 5 && i % 2 === 0 && majorAt(view, at) !== 3) {
      throw notAFrame('a key is not text');
    }
    at = scanItem(view, at, depth + 1);
  }
  return at;
}

function scanTagged(view: DataView, head: Head, depth: number): number {
  if (head.value === BLOB_TAG && majorAt(view, head.next) === 5) {
    return scanItem(view, head.next, depth + 1);
  }
  const step = ARRAY_STEPS.get(head.value);
  const bytes = readHead(view, head.next);
  if (step === undefined || bytes.major !== 2 || bytes.value % step !== 0) {
    throw notAFrame(`it holds something of tag ${head.value}`);
  }
  return skip(view, bytes.next, bytes.value);
}

function scanSimple({ info, next }: Head): number {
  const isKnown = (info >= 20 && info <= 23) || (info >= 25 && info <= 27);
  if (!isKnown) throw notAFrame('it holds an unknown simple value');
  return next;
}

function majorAt(view: DataView, at: number): number {
  if (at >= view.byteLength) throw notAFrame('it ends too early');
  return view.getUint8(at) >> 5;
}

function readHead(view: DataView, at: number): Head {
  const major = majorAt(view, at);
  const info = view.getUint8(at) & 31;
  if (info > 27) throw notAFrame('it has no stated length');
  const wide = info < 24 ? 0 : 1 << (info - 24);
  const next = skip(view, at + 1, wide);
  return { major, info, value: info < 24 ? info : readNumber(view, at + 1, wide), next };
}

function readNumber(view: DataView, at: number, wide: number): number {
  if (wide === 1) return view.getUint8(at);
  if (wide === 2) return view.getUint16(at);
  return wide === 4 ? view.getUint32(at) : Number(view.getBigUint64(at));
}

function skip(view: DataView, at: number, bytes: number): number {
  if (bytes > view.byteLength - at) throw notAFrame('it ends too early');
  return at + bytes;
}
