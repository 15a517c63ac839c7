import type { Wire } from './graph.js';

/** A tensor with channels first: [N, C, W] or [N, C, H, W]. */
export type Plane = Wire;

/** How a convolution runs along one axis. */
export interface Axis {
  /** Length of the input. */
  readonly size: number;
  /** Length of the output. */
  readonly result: number;
  readonly kernel: number;
  readonly stride: number;
  /** Zeros before and after the input. */
  readonly before: number;
  readonly after: number;
}

interface Geometry {
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padInfo: { top: number; bottom: number; left: number; right: number };
}

/** The axes of a convolution; only the last when the first has one row and a kernel of one. */
export function axesOf(geometry: Geometry): readonly Axis[] {
  if (geometry.dilationHeight !== 1 || geometry.dilationWidth !== 1) {
    throw new Error('a dilated convolution has no gradient here: fold the dilation into an axis');
  }
  const { padInfo: pad } = geometry;
  const height: Axis = {
    size: geometry.inHeight,
    result: geometry.outHeight,
    kernel: geometry.filterHeight,
    stride: geometry.strideHeight,
    before: pad.top,
    after: pad.bottom,
  };
  const width: Axis = {
    size: geometry.inWidth,
    result: geometry.outWidth,
    kernel: geometry.filterWidth,
    stride: geometry.strideWidth,
    before: pad.left,
    after: pad.right,
  };
  const flat = height.size === 1 && height.kernel === 1 && height.before + height.after === 0;
  return flat ? [width] : [height, width];
}
