import type { Attention, Conv, Gru, Linear, Lstm, Module, Norm, UpConv } from './module.js';
import type { Positions } from './module.js';

/** The name of a tensor that flows between steps. */
export type Value = string;

/** A shape whose unknown sizes are names: `batch`, `time` and the like. */
export type Shape = readonly (number | string)[];

/** A tensor that enters or leaves a network. */
export interface Gate {
  readonly name: Value;
  readonly shape: Shape;
  /** Whether a missing feed means zeros (initial states). */
  readonly optional?: boolean;
}

/** Which keys a query may see: all, none later than itself, or all with +1 on later logits. */
export type Mask = 'none' | 'causal' | 'plus-one';

/** One operation: every step reads `inputs` and writes `outputs`; order is execution. */
export type Step = Wires &
  (
    | { readonly op: 'conv'; readonly module: Conv }
    | { readonly op: 'up-conv'; readonly module: UpConv }
    /** Inputs: x [B, C, T] and perhaps the initial state [2, B, C]. */
    | { readonly op: 'gru'; readonly module: Gru }
    /** Inputs x [B, S, I] and h, c [layers, B, H], zeros when absent. Outputs y, h, c. */
    | { readonly op: 'lstm'; readonly module: Lstm }
    | { readonly op: 'norm'; readonly module: Norm }
    | { readonly op: 'linear'; readonly module: Linear }
    /** Inputs: queries and memory, both [B, S, width]. */
    | { readonly op: 'attention'; readonly module: Attention; readonly mask: Mask }
    /** Joins [B, S, n] with the first S positions. */
    | { readonly op: 'with-positions'; readonly module: Positions }
    /** Inputs x [B, S, n] and the count of steps [1]: zeros joined with the positions after S. */
    | { readonly op: 'future'; readonly module: Positions; readonly features: number }
    | { readonly op: 'leaky-relu'; readonly slope: number }
    | { readonly op: 'relu' | 'tanh' | 'sum' | 'mean' }
    /** Repeats every frame of [B, C, T]. */
    | { readonly op: 'repeat'; readonly times: number }
    /** [B, F, T] to [B, 1, F, T]. */
    | { readonly op: 'to-plane' }
    /** [B, C, F, T] to [B, C·F, T]; `channels` is C·F. */
    | { readonly op: 'from-plane'; readonly channels: number }
    /** Average over k 4, stride 2, padding 1, padding not counted. */
    | { readonly op: 'halve' }
    /** The first `count` values of the last axis. */
    | { readonly op: 'first'; readonly count: number }
    | { readonly op: 'name' }
  );

interface Wires {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Whether training drops some of what this says, and of an attention's weights; not playing. */
  readonly drops?: true;
}

/** A network as data: values it holds, in state-dict order, and steps, in execution order. */
export interface Network {
  readonly modules: readonly Module[];
  readonly inputs: readonly Gate[];
  readonly steps: readonly Step[];
  readonly outputs: readonly Gate[];
}
