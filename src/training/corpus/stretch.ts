import { closeSync, openSync, readSync } from 'node:fs';
import type { Piece } from './split.js';

/** Reads `frames` frames of a piece from its frame `from` on: [frames, columns], row by row. */
export function framesIn({ recording, from }: Piece, at: number, frames: number): Float32Array {
  const { columns, framesFile } = recording;
  return floatsIn(framesFile, (from + at) * columns, frames * columns);
}

/** The samples that belong to such a stretch, `hop` for each frame; silence past the end. */
export function samplesIn(
  { recording, from }: Piece,
  at: number,
  frames: number,
  hop: number,
): Float32Array {
  if (recording.audioFile === null) throw new RangeError(`${recording.file} has no samples kept`);
  return floatsIn(recording.audioFile, (from + at) * hop, frames * hop);
}

function floatsIn(path: string, from: number, count: number): Float32Array {
  const values = new Float32Array(count);
  const file = openSync(path, 'r');
  try {
    readSync(file, values, 0, count * 4, from * 4);
  } finally {
    closeSync(file);
  }
  return values;
}
