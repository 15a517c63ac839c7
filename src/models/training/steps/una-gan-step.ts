import type { Tensor } from '@tensorflow/tfjs-core';
import type { UnaGanConfig } from '../../networks/config.js';
import type { Shapes, Symbols } from '../engine.js';
import { applyNetwork } from '../layers/apply-network.js';
import { tf } from '../tensorflow.js';
import { differentiate, meanDistance } from './gradient.js';
import type { StepBench, StepDesign } from './training-step.js';

/** How una-GAN is trained: the three scripts of the original are three settings of this. */
export interface UnaGanPart {
  readonly kind: 'una-gan' | 'una-gan-flat';
  readonly config: UnaGanConfig;
  /** Whether the encoder learns to bring mels back to noise. Only with the hierarchical kind. */
  readonly cycle: boolean;
}

/** The sizes of una-GAN's batch; `frames` is a multiple of the hierarchy's whole scale. */
export interface MelBatch {
  readonly batch: number;
  readonly frames: number;
}

const ADAM = { beta1: 0.9, beta2: 0.999, clip: 3 };
const GAMMA = 1;
const LAMBDA_K = 0.01;
const LAMBDA_CYCLE = 1;

/**
 * una-GAN's BEGAN step (anatomy §3.6–3.7). Hears normalised `mel` [B, 80, t], noise `z`, and the
 * initial states `fake.h…` (and `cycle.h…`), all drawn from N(0, 1) by the caller.
 */
export function unaGanStep(part: UnaGanPart, sizes: MelBatch): StepDesign {
  const { kind, config, cycle } = part;
  const scale = kind === 'una-gan' ? config.z_scale_factors.reduce((a, b) => a * b, 1) : 1;
  if (cycle && kind === 'una-gan-flat') throw new RangeError('only the hierarchical kind cycles');
  if (sizes.frames % scale !== 0) {
    throw new RangeError(`${sizes.frames} frames are no multiple of the scale ${scale}`);
  }
  const encoder = { kind: 'una-gan-encoder', config, adam: ADAM } as const;
  return {
    networks: {
      generator: { kind, config, adam: ADAM },
      discriminator: { kind: 'una-gan-discriminator', config, adam: ADAM },
      ...(cycle ? { encoder } : {}),
    },
    carried: { k: 0 },
    batch: {
      mel: [sizes.batch, config.feat_dim, sizes.frames],
      z: [sizes.batch, config.z_dim, sizes.frames / scale],
      ...stateShapes(part, sizes.batch, 'fake'),
      ...(cycle ? stateShapes(part, sizes.batch, 'cycle') : {}),
    },
    optimise: 'basic',
    compute: (bench) => began(bench, cycle),
  };
}

function stateShapes({ kind, config }: UnaGanPart, batch: number, use: string): Shapes {
  const count = kind === 'una-gan' ? config.z_scale_factors.length + 1 : 2;
  const names = Array.from({ length: count }, (_, i) => `${use}.h${i}`);
  return Object.fromEntries(names.map((name) => [name, [2, batch, config.mfd]]));
}

function began(bench: StepBench, cycle: boolean): Symbols {
  const { mel, z } = bench.batch as { mel: Tensor; z: Tensor };
  const critic = bench.hold('discriminator', bench.parameters('discriminator'));
  const roles = cycle ? ['generator', 'encoder'] : ['generator'];
  const learners = roles.map((role) => bench.parameters(role));
  const maker = differentiate(learners, (g, e) => {
    const fake = madeMel(bench, g as Tensor, z, 'fake');
    const judged = applyNetwork(bench.network('discriminator'), critic, { tensors: { mel: fake } });
    const adversarial = meanDistance(judged.recon as Tensor, fake);
    if (!e) return { loss: adversarial, kept: { fake, adversarial } };
    const round = cycled(bench, g as Tensor, e, fake);
    const both = tf.mul(tf.add(round.noise, round.real), LAMBDA_CYCLE);
    return { loss: tf.add(adversarial, both), kept: { fake, adversarial, ...round } };
  });
  bench.keep('discriminator', critic);
  const judge = differentiate([bench.parameters('discriminator')], (p) => {
    const held = bench.hold('discriminator', p as Tensor);
    const distance = (x: Tensor): Tensor => {
      const judged = applyNetwork(bench.network('discriminator'), held, { tensors: { mel: x } });
      return meanDistance(judged.recon as Tensor, x);
    };
    const [real, fake] = [distance(mel), distance(maker.kept.fake as Tensor)];
    bench.keep('discriminator', held);
    return { loss: tf.sub(real, tf.mul(bench.carried('k'), fake)), kept: { real, fake } };
  });
  roles.forEach((role, i) => bench.update(role, maker.gradients[i] as Tensor));
  bench.update('discriminator', judge.gradients[0] as Tensor);
  const balance = tf.sub(tf.mul(judge.kept.real as Tensor, GAMMA), judge.kept.fake as Tensor);
  bench.carry('k', tf.clipByValue(tf.add(bench.carried('k'), tf.mul(balance, LAMBDA_K)), 0, 1));
  const { fake: _, ...losses } = maker.kept;
  return {
    loss: maker.loss,
    discriminator: judge.loss,
    convergence: tf.add(judge.kept.real as Tensor, tf.abs(balance)),
    ...losses,
  };
}

// E(G(z)) should be z, and G(E(x)) should be x.
function cycled(
  bench: StepBench,
  g: Tensor,
  e: Tensor,
  fake: Tensor,
): { readonly noise: Tensor; readonly real: Tensor } {
  const { mel, z } = bench.batch as { mel: Tensor; z: Tensor };
  const held = bench.hold('encoder', e);
  const encode = (x: Tensor): Tensor =>
    applyNetwork(bench.network('encoder'), held, { tensors: { mel: x } }).z as Tensor;
  const noise = meanDistance(encode(fake), z);
  const back = madeMel(bench, g, encode(mel), 'cycle');
  bench.keep('encoder', held);
  return { noise, real: meanDistance(back, mel) };
}

/** The generator’s mel of this noise, started with the states under `use` in the batch. */
export function madeMel(bench: StepBench, parameters: Tensor, z: Tensor, use: string): Tensor {
  const states = Object.entries(bench.batch).flatMap(([name, value]) =>
    name.startsWith(`${use}.`) ? [[name.slice(use.length + 1), value] as const] : [],
  );
  const tensors = { z, ...Object.fromEntries(states) };
  const held = bench.hold('generator', parameters);
  return applyNetwork(bench.network('generator'), held, { tensors }).feat as Tensor;
}
