import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Conv, UpConv } from '../../networks/module.js';
import { tf } from '../tensorflow.js';
import { TRACE } from '../trace/backend.js';
import { grouped } from './grouped.js';
import { reflectPad } from './reflect-pad.js';

type Tensor = InstanceType<typeof tf.Tensor>;

const CHANNELS_LAST = [0, 2, 3, 1];
const CHANNELS_FIRST = [0, 3, 1, 2];
// PyTorch's [out, in, h, w] to TensorFlow's [h, w, in, out].
const TO_TENSORFLOW = [2, 3, 1, 0];

type Edges = readonly [before: number, after: number];

/** A convolution of x [B, C, T] or [B, C, F, T] with its ready kernel, as PyTorch defines it. */
export function convolve(conv: Conv, kernel: Tensor, bias: Tensor, x: Tensor): Tensor {
  if (conv.rank === 2) return planeConvolve(conv, kernel, bias, x);
  if (conv.groups > 1) {
    return grouped(conv, kernel, bias, x, (w, b, part) => lineConvolve(conv, w, b, part));
  }
  return lineConvolve(conv, kernel, bias, x);
}

function lineConvolve(conv: Conv, kernel: Tensor, bias: Tensor, x: Tensor): Tensor {
  const [dilation] = conv.dilation as [number];
  const [out, into, size] = kernel.shape as [number, number, number];
  if (dilation > 1 && size > 1) return dilated(conv, kernel, bias, x);
  const [padding] = conv.padding as [number];
  const reflects = conv.padMode === 'reflect' && padding > 0;
  const wide = reflects ? reflectPad(x as Tensor3D, padding) : x;
  const edge = reflects ? 0 : padding;
  const [batch, , length] = wide.shape as [number, number, number];
  const plane = tf.reshape(wide, [batch, into, 1, length]) as Tensor4D;
  const window = tf.reshape(kernel, [out, into, 1, size]) as Tensor4D;
  const y = apply(plane, window, bias, [1, conv.stride[0] as number], [0, 0], [edge, edge]);
  return tf.reshape(y, [batch, out, y.shape[3]]);
}

// TensorFlow.js cannot differentiate a dilated convolution. Time folded into rows of `dilation`
// samples makes the taps neighbours again.
function dilated(conv: Conv, kernel: Tensor, bias: Tensor, x: Tensor): Tensor {
  const [dilation] = conv.dilation as [number];
  const [padding] = conv.padding as [number];
  const [out, into, size] = kernel.shape as [number, number, number];
  const [batch, , length] = x.shape as [number, number, number];
  const least = length + 2 * padding;
  const whole = Math.ceil(least / dilation) * dilation;
  const padded =
    conv.padMode === 'reflect'
      ? reflectPad(x as Tensor3D, padding, whole - least)
      : padLast(x, [padding, whole - length - padding]);
  const rows = tf.reshape(padded, [batch, into, whole / dilation, dilation]) as Tensor4D;
  const window = tf.reshape(kernel, [out, into, size, 1]) as Tensor4D;
  const y = apply(rows, window, bias, [1, 1], [0, 0], [0, 0]);
  const line = tf.reshape(y, [batch, out, y.shape[2] * dilation]);
  return tf.slice(line, [0, 0, 0], [batch, out, least - dilation * (size - 1)]);
}

// Time dilation moves into the batch; frequency only strides.
function planeConvolve(conv: Conv, kernel: Tensor, bias: Tensor, x: Tensor): Tensor {
  const [edgeF, edgeT] = conv.padding as [number, number];
  const [dilationF, d] = conv.dilation as [number, number];
  if (dilationF !== 1) throw new RangeError('a dilation along frequency is not built');
  const strides = conv.stride as [number, number];
  const window = kernel as Tensor4D;
  if (d === 1) {
    return apply(x as Tensor4D, window, bias, strides, [edgeF, edgeF], [edgeT, edgeT]);
  }
  const [batch, into, bins, length] = x.shape as [number, number, number, number];
  const whole = Math.ceil((length + 2 * edgeT) / d) * d;
  const padded = padLast(x, [edgeT, whole - length - edgeT]);
  const rows = tf.reshape(padded, [batch, into, bins, whole / d, d]);
  const phases = tf.transpose(rows, [0, 4, 1, 2, 3]);
  const many = tf.reshape(phases, [batch * d, into, bins, whole / d]) as Tensor4D;
  const y = apply(many, window, bias, strides, [edgeF, edgeF], [0, 0]);
  const [, out, high, wide] = y.shape;
  const apart = tf.reshape(y, [batch, d, out, high, wide]);
  const joined = tf.transpose(apart, [0, 2, 3, 4, 1]);
  const line = tf.reshape(joined, [batch, out, high, wide * d]);
  const result = length + 2 * edgeT - d * (conv.kernel - 1);
  return tf.slice(line, [0, 0, 0, 0], [batch, out, high, result]);
}

/** A transposed convolution of x [B, C, T] with its ready kernel [in, out, k]. */
export function upConvolve(up: UpConv, kernel: Tensor, bias: Tensor, x: Tensor): Tensor {
  const [batch, into, frames] = x.shape as [number, number, number];
  const length = (frames - 1) * up.stride - 2 * up.padding + up.kernel + up.outputPadding;
  const plane = tf.reshape(x, [batch, into, 1, frames]);
  const last = tf.transpose(plane, CHANNELS_LAST) as Tensor4D;
  const window = tf.reshape(kernel, [into, up.out, 1, up.kernel]);
  const filter = tf.transpose(window, TO_TENSORFLOW) as Tensor4D;
  const y = tf.transpose(transposed(up, last, filter, length), CHANNELS_FIRST);
  return tf.add(tf.reshape(y, [batch, up.out, length]), tf.reshape(bias, [1, up.out, 1]));
}

// TensorFlow's native kernels know no numbers of zeros in gradients, only `valid` and `same`.
function padsItself(): boolean {
  return tf.getBackend() === TRACE;
}

function transposed(up: UpConv, x: Tensor4D, filter: Tensor4D, length: number): Tensor4D {
  const [batch, , frames] = x.shape;
  const strides: [number, number] = [1, up.stride];
  if (padsItself()) {
    const edge: [number, number] = [up.padding, up.padding];
    const pad: Pads = [[0, 0], [0, 0], edge, [0, 0]];
    return tf.conv2dTranspose(x, filter, [batch, 1, length, up.out], strides, pad);
  }
  const whole = (frames - 1) * up.stride + up.kernel;
  const all = tf.conv2dTranspose(x, filter, [batch, 1, whole, up.out], strides, 'valid');
  const more = Math.max(0, up.outputPadding - up.padding);
  const wide = tf.pad(all, [
    [0, 0],
    [0, 0],
    [0, more],
    [0, 0],
  ]);
  return tf.slice(wide, [0, 0, up.padding, 0], [batch, 1, length, up.out]);
}

type Pads = [Edge, Edge, Edge, Edge];
type Edge = [number, number];

function apply(
  x: Tensor4D,
  kernel: Tensor4D,
  bias: Tensor,
  strides: [number, number],
  high: Edges,
  wide: Edges,
): Tensor4D {
  const pads: Pads = [[0, 0], [...high], [...wide], [0, 0]];
  const last = tf.transpose(x, CHANNELS_LAST);
  const y = tf.fused.conv2d({
    x: padsItself() ? last : tf.pad(last, pads),
    filter: tf.transpose(kernel, TO_TENSORFLOW),
    strides,
    pad: padsItself() ? pads : 'valid',
    bias,
    activation: 'linear',
  });
  return tf.transpose(y, CHANNELS_FIRST);
}

function padLast(x: Tensor, edges: [number, number]): Tensor {
  if (edges[0] === 0 && edges[1] === 0) return x;
  return tf.pad(x, [...x.shape.slice(1).map((): [number, number] => [0, 0]), edges]);
}
