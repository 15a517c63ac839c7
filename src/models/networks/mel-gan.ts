import type { MelGanConfig } from './config.js';
import type { Conv, Gru, UpConv } from './module.js';
import type { Network, Value } from './network.js';
import { conv1d, Sketch } from './sketch.js';

const SLOPE = 0.2;

interface ResidualBlock {
  readonly wide: Conv;
  readonly narrow: Conv;
  readonly shortcut: Conv;
}

interface Stage {
  readonly rec: Gru | undefined;
  readonly up: UpConv;
  readonly blocks: readonly ResidualBlock[];
}

/** mel-GAN's generator: mel [B, 80, t] to audio [B, 1, 256·t], t at least 4 (anatomy §4.1). */
export function melGan(config: MelGanConfig): Network {
  return generator(config, false);
}

/** The variant with a bidirectional GRU before the first upsampling: the original's default. */
export function melGanGru(config: MelGanConfig): Network {
  return generator(config, true);
}

const reflected = { padMode: 'reflect', norm: 'weight' } as const;

function generator(config: MelGanConfig, recurrent: boolean): Network {
  const { n_mel_channels: mels, ngf, ratios } = config;
  const sketch = new Sketch();
  const width = 2 ** ratios.length * ngf;
  const before = sketch.declare(conv1d('model.1', [mels, width], 7, reflected));
  // Indices are those of the original's list, which also counts pads and activations.
  let index = recurrent ? 3 : 2;
  const stages = ratios.map((ratio, i) => {
    const rec = recurrent && i === 0 ? declareGru(sketch, width) : undefined;
    const stage = declareStage(sketch, config, index + 1, width / 2 ** i, ratio);
    index += config.n_residual_layers + 2;
    return { ...stage, rec };
  });
  const after = sketch.declare(conv1d(`model.${index + 2}`, [ngf, 1], 7, reflected));

  let value = sketch.conv(before, sketch.input('mel', ['batch', mels, 'frames']));
  for (const stage of stages) value = applyStage(sketch, stage, value);
  value = sketch.conv(after, sketch.leaky(SLOPE, value));
  sketch.output('audio', ['batch', 1, 'samples'], sketch.step({ op: 'tanh' }, value));
  return sketch.done();
}

function declareGru(sketch: Sketch, size: number): Gru {
  return sketch.declare({ type: 'gru', name: 'model.3.rec', size });
}

function declareStage(
  sketch: Sketch,
  config: MelGanConfig,
  index: number,
  width: number,
  ratio: number,
): Omit<Stage, 'rec'> {
  const up = sketch.declare(upsampling(`model.${index}`, width, ratio));
  const blocks = Array.from({ length: config.n_residual_layers }, (_, j) =>
    declareBlock(sketch, `model.${index + 1 + j}`, width / 2, 3 ** j),
  );
  return { up, blocks };
}

function upsampling(name: string, width: number, ratio: number): UpConv {
  return {
    type: 'up-conv',
    name,
    in: width,
    out: width / 2,
    kernel: 2 * ratio,
    stride: ratio,
    padding: Math.floor(ratio / 2) + (ratio % 2),
    outputPadding: ratio % 2,
  };
}

function declareBlock(sketch: Sketch, name: string, size: number, dilation: number): ResidualBlock {
  const both = [size, size] as const;
  return {
    wide: sketch.declare(conv1d(`${name}.block.2`, both, 3, { ...reflected, dilation })),
    narrow: sketch.declare(conv1d(`${name}.block.4`, both, 1, { norm: 'weight' })),
    shortcut: sketch.declare(conv1d(`${name}.shortcut`, both, 1, { norm: 'weight' })),
  };
}

function applyStage(sketch: Sketch, stage: Stage, input: Value): Value {
  let value = sketch.leaky(SLOPE, input);
  if (stage.rec) {
    value = sketch.sum(value, sketch.step({ op: 'gru', module: stage.rec }, value));
  }
  value = sketch.conv(stage.up, value);
  for (const block of stage.blocks) value = applyBlock(sketch, block, value);
  return value;
}

function applyBlock(sketch: Sketch, block: ResidualBlock, input: Value): Value {
  const wide = sketch.conv(block.wide, sketch.leaky(SLOPE, input));
  const narrow = sketch.conv(block.narrow, sketch.leaky(SLOPE, wide));
  return sketch.sum(sketch.conv(block.shortcut, input), narrow);
}
