import { sizeOf, tensor, UserError } from '../../core/index.js';
import type { Tensor, Tensors } from '../../core/index.js';
import type { BatchShapes } from '../../models/index.js';
import type { Settings } from '../recipes/settings.js';

/** The settings with which each of so many workers has its part of the batch. */
export function partSettings(settings: Settings, workers: number): Settings {
  const { batch_size: batch } = settings;
  if (batch % workers === 0) return { ...settings, batch_size: batch / workers };
  const divisors = Array.from({ length: batch }, (_, i) => i + 1).filter((n) => batch % n === 0);
  throw new UserError({
    what: `a batch of ${batch} cannot be shared evenly by ${workers} workers`,
    where: '--workers',
    allowed: divisors.join(', '),
    hint: `another batch: --set batch_size=${workers * Math.ceil(batch / workers)}`,
  });
}

/**
 * Parts a batch as it was drawn among workers, row by row, in order. `shapes` are those of one
 * part: every tensor is parted along the one axis in which it is longer.
 */
export function partsOf(batch: Tensors, shapes: BatchShapes, workers: number): readonly Tensors[] {
  const named = Object.entries(shapes).map(([name, shape]) => {
    return [name, parted(batch[name] as Tensor, shape, workers)] as const;
  });
  return Array.from({ length: workers }, (_, part) =>
    Object.fromEntries(named.map(([name, parts]) => [name, parts[part] as Tensor])),
  );
}

function parted(
  { shape, data }: Tensor,
  part: readonly number[],
  workers: number,
): readonly Tensor[] {
  const axis = Math.max(
    0,
    part.findIndex((size, i) => size !== shape[i]),
  );
  const run = sizeOf(part.slice(axis));
  return Array.from({ length: workers }, (_, worker) => {
    const own = new Float32Array(sizeOf(part));
    for (let at = 0; at < own.length; at += run) {
      const from = at * workers + worker * run;
      own.set(data.subarray(from, from + run), at);
    }
    return tensor(part, own);
  });
}
