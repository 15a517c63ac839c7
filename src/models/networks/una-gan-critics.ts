import type { UnaGanConfig } from './config.js';
import type { Conv, Norm } from './module.js';
import type { Network, Value } from './network.js';
import { conv1d, Sketch } from './sketch.js';
import { UNA_SLOPE } from './una-gan.js';

interface Layer {
  readonly conv: Conv;
  readonly norm: Norm;
}

/** The BEGAN discriminator: normalised mel [B, 80, t] to its reconstruction (§3.4). */
export function unaGanDiscriminator(config: UnaGanConfig): Network {
  const dilations = [16, 32, 64, 128];
  const deeper = dilations.map((dilation) => ({ dilation }));
  return critic(config, deeper, config.feat_dim, 'recon', 'time');
}

/** The cycle encoder: normalised mel [B, 80, t] to noise [B, zDim, about t / scale] (§3.5). */
export function unaGanEncoder(config: UnaGanConfig): Network {
  const strides = config.z_scale_factors.map((stride) => ({ stride, padding: [1] }));
  return critic(config, strides, config.z_dim, 'z', 'columns');
}

function critic(
  config: UnaGanConfig,
  deeper: readonly Parameters<typeof conv1d>[3][],
  out: number,
  name: string,
  time: string,
): Network {
  const { feat_dim: feat, mfd } = config;
  const sketch = new Sketch();
  const planes = [0, 1, 2].map((i) => declareLayer(sketch, plane(i)));
  const norm = 'spectral';
  const rows = [
    conv1d('body1d.0.block.0', [8 * feat, mfd], 3, { norm }),
    ...deeper.map((how, i) => conv1d(`body1d.${i + 1}.block.0`, [mfd, mfd], 3, { ...how, norm })),
  ].map((conv) => declareLayer(sketch, conv));
  const head = sketch.declare(conv1d('head', [mfd, out], 3, { norm }));

  let value = sketch.step({ op: 'to-plane' }, sketch.input('mel', ['batch', feat, 'time']));
  for (const layer of planes) value = applyLayer(sketch, layer, value);
  value = sketch.step({ op: 'from-plane', channels: 8 * feat }, value);
  for (const layer of rows) value = applyLayer(sketch, layer, value);
  sketch.output(name, ['batch', out, time], sketch.conv(head, value));
  return sketch.done();
}

function plane(index: number): Conv {
  const widths = [1, 4, 16, 64];
  return {
    ...conv1d(`body2d.${index}.block.0`, [widths[index]!, widths[index + 1]!], 3),
    rank: 2,
    stride: [2, 1],
    padding: [1, 2 ** (index + 1)],
    dilation: [1, 2 ** (index + 1)],
    norm: 'spectral',
  };
}

function declareLayer(sketch: Sketch, conv: Conv): Layer {
  const name = conv.name.replace(/0$/, '1');
  sketch.declare(conv);
  return {
    conv,
    norm: sketch.declare({ type: 'batch-norm', name, channels: conv.out, groups: 1 }),
  };
}

function applyLayer(sketch: Sketch, { conv, norm }: Layer, input: Value): Value {
  const value = sketch.step({ op: 'norm', module: norm }, sketch.conv(conv, input));
  return sketch.leaky(UNA_SLOPE, value);
}
