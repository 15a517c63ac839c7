import { UserError } from '../../core/index.js';
import type { Weights } from '../networks/kind.js';
import type { Settings } from './settings-file.js';

/** What weights alone tell about a network. */
export interface Inferred {
  /** Widths that the shapes fix; settings that say otherwise are wrong. */
  readonly known: Settings;
  /**
   * What shapes cannot tell and settings may: the original's value, used only when none is given.
   */
  readonly assumed: Settings;
  /**
   * Widths that the shapes fix and that settings, being shared with another network, may state
   * otherwise.
   */
  readonly overruling?: Settings;
}

/** The shapes of a state dict, asked by key; a missing key is a UserError that names it. */
export class WeightShapes {
  readonly #weights: Weights;
  readonly #where: string;

  constructor(weights: Weights, where: string) {
    this.#weights = weights;
    this.#where = where;
  }

  /** The extent of a weight along an axis. */
  size(key: string, axis: number): number {
    const extent = this.#weights.get(key)?.shape[axis];
    if (extent !== undefined) return extent;
    throw new UserError({
      what: `the weight '${key}' is missing or has too few dimensions`,
      where: this.#where,
      hint: 'the checkpoint is incomplete: copy or export it again',
    });
  }

  has(key: string): boolean {
    return this.#weights.has(key);
  }

  /** How many of `key(0)`, `key(1)`, … there are in a row. */
  count(key: (index: number) => string): number {
    let count = 0;
    while (this.#weights.has(key(count))) count += 1;
    return count;
  }

  /**
   * The numbers that stand in a key's one group, ascending, such as the layers of
   * `model.(\d+).weight_v`.
   */
  indices(pattern: RegExp): readonly number[] {
    const found = [...this.#weights.keys()].flatMap((key) => pattern.exec(key)?.[1] ?? []);
    return [...new Set(found.map(Number))].sort((a, b) => a - b);
  }
}
