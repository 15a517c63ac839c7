import type { Tensor } from '@tensorflow/tfjs-core';

/** What a network holds while it is applied: parameters and buffers by state-dict key. */
export interface Held {
  /** The tensor of a key; throws when the network has none. */
  value(name: string): Tensor;
  /** Whether batch norms use the batch's own statistics and spectral norms iterate. */
  readonly training: boolean;
  /** Hands over the next value of a buffer; only called in training. */
  update(name: string, value: Tensor): void;
}
