import { type Random, seededRandom } from '../../core/index.js';
import type { Recording } from './analysed-corpus.js';

/** A stretch of a recording's frames; segments are drawn from inside one. */
export interface Piece {
  readonly recording: Recording;
  readonly from: number;
  readonly frames: number;
}

/** What is learned from, and what is only listened to; they share no frame. */
export interface Split {
  readonly by: 'files' | 'stretches';
  readonly training: readonly Piece[];
  readonly heldOut: readonly Piece[];
}

/** How a corpus is parted. */
export interface SplitOptions {
  readonly split: 'auto' | 'files' | 'stretches';
  /** The share that is held out, 0 to 0.5. */
  readonly heldOut: number;
  /** Frames that a piece must have to be of use. */
  readonly least: number;
  readonly seed: number;
}

// From here on a tenth of the files is at least one.
const FILES_MIN = 10;

/**
 * Parts a corpus. From ten files on whole files are held out; with fewer, one stretch of each
 * recording (or whole clips, where it was cut into clips). Same recordings and seed, same parts.
 */
export function splitCorpus(recordings: readonly Recording[], options: SplitOptions): Split {
  const random = seededRandom(options.seed, 'split');
  const long = ({ frames }: Piece): boolean => frames >= options.least;
  const few = recordings.length < FILES_MIN;
  const by = options.split === 'auto' ? (few ? 'stretches' : 'files') : options.split;
  const { heldOut, training } =
    by === 'files'
      ? byFiles(recordings, options, random)
      : byStretches(recordings, options, random);
  return { by, training: training.filter(long), heldOut: heldOut.filter(long) };
}

/** The same split with only the pieces of the commonest length (anatomy §3.8). */
export function ofCommonestLength({ by, training, heldOut }: Split): Split {
  const counts = new Map<number, number>();
  for (const { frames } of [...training, ...heldOut]) {
    counts.set(frames, (counts.get(frames) ?? 0) + 1);
  }
  const [commonest] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [0];
  const fits = ({ frames }: Piece): boolean => frames === commonest;
  return { by, training: training.filter(fits), heldOut: heldOut.filter(fits) };
}

type Parts = Omit<Split, 'by'>;

function byFiles(
  recordings: readonly Recording[],
  { heldOut }: SplitOptions,
  random: Random,
): Parts {
  const shuffled = shuffle(recordings, random);
  const count = countOf(shuffled.length, heldOut);
  return {
    heldOut: shuffled.slice(0, count).flatMap(piecesOf),
    training: shuffled.slice(count).flatMap(piecesOf),
  };
}

function byStretches(
  recordings: readonly Recording[],
  options: SplitOptions,
  random: Random,
): Parts {
  const clipped = recordings.some(({ pieces }) => pieces.length > 1);
  if (clipped) {
    const shuffled = shuffle(recordings.flatMap(piecesOf), random);
    const count = countOf(shuffled.length, options.heldOut);
    return { heldOut: shuffled.slice(0, count), training: shuffled.slice(count) };
  }
  const parts = recordings.flatMap(piecesOf).map((piece) => cut(piece, options, random));
  return {
    heldOut: parts.flatMap(({ heldOut }) => heldOut),
    training: parts.flatMap(({ training }) => training),
  };
}

// A recording that is too short for a stretch of its own is learned from whole.
function cut(piece: Piece, { heldOut, least }: SplitOptions, random: Random): Parts {
  const length = Math.max(least, Math.round(piece.frames * heldOut));
  const chance = random.next();
  if (heldOut === 0 || piece.frames < 3 * length) return { training: [piece], heldOut: [] };
  const from = piece.from + Math.floor(chance * (piece.frames - length + 1));
  const after = from + length;
  return {
    heldOut: [{ ...piece, from, frames: length }],
    training: [
      { ...piece, frames: from - piece.from },
      { ...piece, from: after, frames: piece.from + piece.frames - after },
    ],
  };
}

function piecesOf(recording: Recording): readonly Piece[] {
  let from = 0;
  return recording.pieces.map((frames) => {
    const piece = { recording, from, frames };
    from += frames;
    return piece;
  });
}

function countOf(all: number, share: number): number {
  if (share === 0 || all < 2) return 0;
  return Math.max(1, Math.round(all * share));
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
