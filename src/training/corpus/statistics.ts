import type { RunStats } from '../../models/index.js';
import type { Piece } from './split.js';
import { framesIn } from './stretch.js';

const FRAMES_AT_ONCE = 4096;

/**
 * Mean and population deviation of every column over all frames of some pieces, read bit by bit
 * (anatomy §3.8); a column that never changes has the deviation 1.
 */
export function statisticsOf(pieces: readonly Piece[]): RunStats {
  const columns = pieces[0]?.recording.columns ?? 0;
  const sums = new Float64Array(columns);
  const squares = new Float64Array(columns);
  let count = 0;
  // Squares are taken about the first frame, which keeps their difference exact enough.
  const origin = pieces[0] === undefined ? sums : framesIn(pieces[0], 0, 1);
  for (const piece of pieces) {
    for (let at = 0; at < piece.frames; at += FRAMES_AT_ONCE) {
      const frames = framesIn(piece, at, Math.min(FRAMES_AT_ONCE, piece.frames - at));
      count += frames.length / columns;
      for (let i = 0; i < frames.length; i++) {
        const c = i % columns;
        const x = frames[i]! - origin[c]!;
        sums[c]! += x;
        squares[c]! += x * x;
      }
    }
  }
  const mean = Array.from(sums, (sum, c) => sum / count + origin[c]!);
  const std = Array.from(sums, (sum, c) => {
    const deviation = Math.sqrt(Math.max(0, squares[c]! / count - (sum / count) ** 2));
    return deviation > 1e-8 ? deviation : 1;
  });
  return { mean, std };
}
