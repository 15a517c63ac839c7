/** A convolution over the last axis (rank 1) or the last two (rank 2), as PyTorch defines it. */
export interface Conv {
  readonly type: 'conv';
  readonly name: string;
  readonly rank: 1 | 2;
  readonly in: number;
  readonly out: number;
  readonly kernel: number;
  /** Stride per axis; time is the last. */
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly number[];
  readonly padMode: 'zero' | 'reflect';
  readonly groups: number;
  readonly norm: 'none' | 'weight' | 'spectral';
}

/** A transposed convolution over time; its weight is stored [in, out, kernel]. */
export interface UpConv {
  readonly type: 'up-conv';
  readonly name: string;
  readonly in: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly outputPadding: number;
}

/** A one-layer bidirectional GRU, size to size, whose two halves are summed. */
export interface Gru {
  readonly type: 'gru';
  readonly name: string;
  readonly size: number;
}

/** A stack of unidirectional LSTM layers. */
export interface Lstm {
  readonly type: 'lstm';
  readonly name: string;
  readonly in: number;
  readonly hidden: number;
  readonly layers: number;
}

/** Group norm over channels and time, batch norm in evaluation, or norm of the last axis. */
export interface Norm {
  readonly type: 'group-norm' | 'batch-norm' | 'layer-norm';
  readonly name: string;
  readonly channels: number;
  readonly groups: number;
}

/** A dense layer on the last axis. */
export interface Linear {
  readonly type: 'linear';
  readonly name: string;
  readonly in: number;
  readonly out: number;
}

/** Multi-head attention with PyTorch's packed q, k, v projection. */
export interface Attention {
  readonly type: 'attention';
  readonly name: string;
  readonly width: number;
  readonly heads: number;
}

/** The sinusoid table [5000, 1, width] kept in the state dict as the buffer `pe`. */
export interface Positions {
  readonly type: 'positions';
  readonly name: string;
  readonly width: number;
}

/** A part of a network that holds values; `name` is its state-dict prefix. */
export type Module = Conv | UpConv | Gru | Lstm | Norm | Linear | Attention | Positions;

/** Positions the original's encoding table holds. */
export const POSITIONS_MAX = 5000;
