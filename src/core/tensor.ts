/** Plain numbers with a shape, row-major: no backend's own tensor crosses a room's door. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** The number of values a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, n) => size * n, 1);
}

/** Wraps values in a shape; throws a RangeError when they do not fit. */
export function tensor(shape: readonly number[], data: Float32Array): Tensor {
  if (sizeOf(shape) !== data.length) {
    throw new RangeError(`${data.length} values do not fill the shape [${shape.join(', ')}]`);
  }
  return { shape, data };
}
