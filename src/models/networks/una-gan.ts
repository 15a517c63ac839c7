import type { UnaGanConfig } from './config.js';
import type { Conv, Gru, Norm } from './module.js';
import type { Network, Value } from './network.js';
import { conv1d, Sketch } from './sketch.js';

/** Negative slope of every rectifier in una-GAN (anatomy §3.1). */
export const UNA_SLOPE = 0.01;

interface RecurrentBlock {
  readonly rec: Gru;
  readonly conv: Conv;
  readonly norm: Norm;
  readonly hidden: string;
}

interface BodyBlock {
  readonly first: Conv;
  readonly norm: Norm;
  readonly block: RecurrentBlock;
  readonly last: Conv;
}

/** The hierarchical generator: noise [B, zDim, n] to normalised mel [B, 80, n·scale] (§3.2). */
export function unaGan(config: UnaGanConfig): Network {
  const { feat_dim: feat, z_dim: noise, z_scale_factors: factors, mfd } = config;
  const sketch = new Sketch();
  const block0 = declareBody(sketch, config, 'block0', noise, 'h0');
  const head0 = sketch.declare(conv1d('head0', [mfd, feat], 3));
  const blocks = factors.map((_, i) =>
    declareBody(sketch, config, `blocks.${i}`, mfd, `h${i + 1}`),
  );
  const heads = factors.map((_, i) => sketch.declare(conv1d(`heads.${i}`, [mfd, feat], 3)));

  let body = applyBody(sketch, block0, sketch.input('z', ['batch', noise, 'time']));
  let head = sketch.conv(head0, body);
  factors.forEach((times, i) => {
    const wide = sketch.step({ op: 'repeat', times }, body);
    head = sketch.step({ op: 'repeat', times }, head);
    body = sketch.sum(wide, applyBody(sketch, blocks[i] as BodyBlock, wide));
    head = sketch.sum(head, sketch.conv(heads[i] as Conv, body));
  });
  sketch.output('feat', ['batch', feat, 'frames'], head);
  return sketch.done();
}

/** The non-hierarchical generator: noise at the full mel rate [B, zDim, t] to mel (§3.3). */
export function unaGanFlat(config: UnaGanConfig): Network {
  const { feat_dim: feat, z_dim: noise, mfd } = config;
  const sketch = new Sketch();
  const first = sketch.declare(conv1d('body.0', [noise, mfd], 3));
  const norm = declareNorm(sketch, config, 'body.1');
  const near = declareRecurrent(sketch, config, 'body.3', 2, 'h0');
  const far = declareRecurrent(sketch, config, 'body.4', 4, 'h1');
  const head = sketch.declare(conv1d('head', [mfd, feat], 3));

  const z = sketch.input('z', ['batch', noise, 'time']);
  let body = normalised(sketch, norm, sketch.conv(first, z));
  body = applyRecurrent(sketch, near, body);
  body = applyRecurrent(sketch, far, body);
  sketch.output('feat', ['batch', feat, 'time'], sketch.conv(head, body));
  return sketch.done();
}

function declareBody(
  sketch: Sketch,
  config: UnaGanConfig,
  name: string,
  input: number,
  hidden: string,
): BodyBlock {
  return {
    first: sketch.declare(conv1d(`${name}.block.0`, [input, config.mfd], 3)),
    norm: declareNorm(sketch, config, `${name}.block.1`),
    block: declareRecurrent(sketch, config, `${name}.block.3`, 1, hidden),
    last: sketch.declare(conv1d(`${name}.block.4`, [config.mfd, config.mfd], 3)),
  };
}

function declareRecurrent(
  sketch: Sketch,
  config: UnaGanConfig,
  name: string,
  dilation: number,
  hidden: string,
): RecurrentBlock {
  const { mfd, num_groups: groups } = config;
  return {
    rec: sketch.declare({ type: 'gru', name: `${name}.rec`, size: mfd }),
    conv: sketch.declare(conv1d(`${name}.conv`, [mfd, mfd], 3, { dilation, groups })),
    norm: declareNorm(sketch, config, `${name}.gn`),
    hidden,
  };
}

function declareNorm(sketch: Sketch, config: UnaGanConfig, name: string): Norm {
  const { mfd: channels, num_groups: groups } = config;
  return sketch.declare({ type: 'group-norm', name, channels, groups });
}

function applyBody(sketch: Sketch, body: BodyBlock, input: Value): Value {
  const ready = normalised(sketch, body.norm, sketch.conv(body.first, input));
  return sketch.conv(body.last, applyRecurrent(sketch, body.block, ready));
}

// The original draws the initial state afresh on every forward, so it is an input here.
function applyRecurrent(sketch: Sketch, block: RecurrentBlock, input: Value): Value {
  const state = sketch.input(block.hidden, [2, 'batch', block.rec.size], true);
  const heard = sketch.step({ op: 'gru', module: block.rec }, input, state);
  const turned = normalised(sketch, block.norm, sketch.conv(block.conv, heard));
  return sketch.sum(input, heard, turned);
}

function normalised(sketch: Sketch, module: Norm, input: Value): Value {
  return sketch.leaky(UNA_SLOPE, sketch.step({ op: 'norm', module }, input));
}
