import { type Descriptors, UserError } from '../../core/index.js';

/** A query on the database's own columns and time grid. */
export interface AlignedQuery {
  readonly query: Descriptors;
  /** Values that were NaN or infinite and are now the database's mean. */
  readonly scrubbed: number;
}

/**
 * Puts a query's columns in the order of `like`, by name; a column it lacks gets `fill`. Throws a
 * UserError when they have no column in common.
 */
export function aligned(
  query: Descriptors,
  like: Descriptors,
  fill: ArrayLike<number>,
): AlignedQuery {
  const from = like.names.map((name) => query.names.indexOf(name));
  if (from.every((column) => column < 0)) throw strangers(query, like);
  const columns = like.columns;
  const data = new Float32Array(query.rows * columns);
  let scrubbed = 0;
  for (let i = 0; i < data.length; i++) {
    const column = from[i % columns]!;
    const row = Math.floor(i / columns);
    const value = column < 0 ? undefined : query.data[row * query.columns + column]!;
    if (value !== undefined && !Number.isFinite(value)) scrubbed++;
    data[i] = Number.isFinite(value) ? value! : (fill[i % columns] ?? 0);
  }
  return { query: { ...query, columns, names: like.names, data }, scrubbed };
}

function strangers(query: Descriptors, like: Descriptors): UserError {
  return new UserError({
    what: `the query has none of the remembered descriptors: ${query.names.slice(0, 5).join(', ')}`,
    allowed: `${like.names.slice(0, 3).join(', ')}…`,
    hint: 'link a sequencer or a descriptor that says the same descriptors',
  });
}

/**
 * The query on another time grid: the nearest of its frames for every hop, as long as before in
 * seconds.
 */
export function regridded(query: Descriptors, hopLength: number, sampleRate: number): Descriptors {
  const ratio = (hopLength / sampleRate) * (query.sampleRate / query.hopLength);
  if (ratio === 1 || query.rows === 0) return query;
  const rows = Math.max(1, Math.round(query.rows / ratio));
  const data = new Float32Array(rows * query.columns);
  for (let row = 0; row < rows; row++) {
    const from = Math.min(query.rows - 1, Math.round(row * ratio)) * query.columns;
    data.set(query.data.subarray(from, from + query.columns), row * query.columns);
  }
  return { ...query, rows, data, hopLength, sampleRate };
}
