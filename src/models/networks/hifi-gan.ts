import type { HifiGanConfig } from './config.js';
import type { Conv, UpConv } from './module.js';
import type { Network, Value } from './network.js';
import { conv1d, Sketch } from './sketch.js';

const SLOPE = 0.1;
// The original's last rectifier is called without its slope and so has PyTorch's default.
const LAST_SLOPE = 0.01;

/** One residual step: one convolution (type 2) or two (type 1), then the input is added. */
type Residual = readonly Conv[];

/** HiFi-GAN's generator: ln-mel [B, 80, t] to audio [B, 1, t·rates], zero padded (anatomy §5). */
export function hifiGan(config: HifiGanConfig): Network {
  const sketch = new Sketch();
  const first = config.upsample_initial_channel;
  const norm = 'weight';
  const before = sketch.declare(conv1d('conv_pre', [config.num_mels, first], 7, { norm }));
  const ups = config.upsample_rates.map((_, i) => sketch.declare(upsampling(config, i)));
  const stages = ups.map((up, i) => declareStage(sketch, config, i, up.out));
  const width = first / 2 ** ups.length;
  const after = sketch.declare(conv1d('conv_post', [width, 1], 7, { norm }));

  let value = sketch.conv(before, sketch.input('mel', ['batch', config.num_mels, 'frames']));
  ups.forEach((up, i) => {
    const wide = sketch.conv(up, sketch.leaky(SLOPE, value));
    const heard = stages[i]!.map((block) => applyBlock(sketch, block, wide));
    value = sketch.step({ op: 'mean' }, ...heard);
  });
  value = sketch.conv(after, sketch.leaky(LAST_SLOPE, value));
  sketch.output('audio', ['batch', 1, 'samples'], sketch.step({ op: 'tanh' }, value));
  return sketch.done();
}

function upsampling(config: HifiGanConfig, index: number): UpConv {
  const width = config.upsample_initial_channel / 2 ** index;
  const kernel = config.upsample_kernel_sizes[index] as number;
  const stride = config.upsample_rates[index] as number;
  return {
    type: 'up-conv',
    name: `ups.${index}`,
    in: width,
    out: width / 2,
    kernel,
    stride,
    padding: Math.floor((kernel - stride) / 2),
    outputPadding: 0,
  };
}

function declareStage(
  sketch: Sketch,
  config: HifiGanConfig,
  stage: number,
  width: number,
): readonly (readonly Residual[])[] {
  const kernels = config.resblock_kernel_sizes;
  return kernels.map((kernel, k) => {
    const name = `resblocks.${stage * kernels.length + k}`;
    const dilations = config.resblock_dilation_sizes[k] as readonly number[];
    return declareBlock(sketch, config, { name, kernel, dilations, width });
  });
}

interface BlockShape {
  readonly name: string;
  readonly kernel: number;
  readonly dilations: readonly number[];
  readonly width: number;
}

function declareBlock(sketch: Sketch, config: HifiGanConfig, shape: BlockShape): Residual[] {
  const { name, kernel, dilations, width } = shape;
  const conv = (list: string, j: number, dilation: number): Conv =>
    sketch.declare(
      conv1d(`${name}.${list}.${j}`, [width, width], kernel, { dilation, norm: 'weight' }),
    );
  if (config.resblock === '2') return dilations.map((d, j) => [conv('convs', j, d)]);
  const wide = dilations.map((d, j) => conv('convs1', j, d));
  const near = dilations.map((_, j) => conv('convs2', j, 1));
  return wide.map((first, j) => [first, near[j] as Conv]);
}

function applyBlock(sketch: Sketch, block: readonly Residual[], input: Value): Value {
  return block.reduce((value, convs) => {
    const turned = convs.reduce((x, conv) => sketch.conv(conv, sketch.leaky(SLOPE, x)), value);
    return sketch.sum(turned, value);
  }, input);
}
