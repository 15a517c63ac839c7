import type { Tensor } from '@tensorflow/tfjs-core';
import type { MelGanConfig, MelGanDiscriminatorConfig } from '../../networks/config.js';
import type { Network } from '../../networks/network.js';
import type { Symbols } from '../engine.js';
import { applyNetwork } from '../layers/apply-network.js';
import type { Held } from '../layers/held.js';
import { logMelLossDb, type MelScale } from '../log-mel-loss.js';
import { type Resolution, stftLoss } from '../stft-loss.js';
import { tf } from '../tensorflow.js';
import { differentiate, meanDistance } from './gradient.js';
import type { StepBench, StepDesign } from './training-step.js';

/** The sizes of a vocoder's batch: `frames` mel frames are `frames`·hop samples. */
export interface VocoderBatch {
  readonly batch: number;
  readonly frames: number;
}

/** A vocoder's generator: either variant of mel-GAN. */
export interface MelGanPart {
  readonly kind: 'mel-gan' | 'mel-gan-gru';
  readonly config: MelGanConfig;
}

const ADAM = { beta1: 0.5, beta2: 0.9 };

/** How much a decibel of the log-mel distance weighs, and the mel it is the distance of. */
export interface MelTerm extends MelScale {
  readonly weight: number;
}

/** What the warm start listens to: its resolutions, and the log-mel distance where it is given. */
export interface WarmLosses {
  readonly resolutions?: readonly Resolution[];
  readonly mel?: MelTerm | undefined;
}

/**
 * The spectral warm start, which the original does not have: the generator alone against a
 * multi-resolution STFT loss, and a log-mel distance (`melDb`) where one is given. Hears `mel`
 * [B, 80, t] and `audio` [B, 1, t·hop].
 */
export function melGanWarmStep(
  generator: MelGanPart,
  sizes: VocoderBatch,
  { resolutions, mel }: WarmLosses = {},
): StepDesign {
  return {
    ...designOf(generator, sizes),
    networks: { generator: { ...generator, adam: ADAM } },
    compute: (bench) => {
      const target = bench.batch.audio as Tensor;
      const { loss, gradients, kept } = differentiate([bench.parameters('generator')], (p) => {
        const audio = spoken(bench, p as Tensor);
        return withMel(stftLoss(audio, target, resolutions), { audio, target }, mel);
      });
      bench.update('generator', gradients[0] as Tensor);
      return { loss, ...kept };
    },
  };
}

interface Sounds {
  readonly audio: Tensor;
  readonly target: Tensor;
}

interface Loss {
  readonly loss: Tensor;
  readonly kept: Symbols;
}

function withMel(loss: Tensor, { audio, target }: Sounds, mel: MelTerm | undefined): Loss {
  if (mel === undefined) return { loss, kept: {} };
  const melDb = logMelLossDb(audio, target, mel);
  return { loss: tf.add(loss, tf.mul(melDb, mel.weight)), kept: { melDb } };
}

/** How much feature matching weighs, and what of the warm start's losses is kept beside. */
export interface AdversarialWeights {
  readonly features: number;
  readonly spectral: number;
  readonly mel?: MelTerm | undefined;
}

/**
 * mel-GAN's own step (anatomy §4.3): hinge discriminators, stepped first, then the generator with
 * feature matching against what the discriminators heard before their step.
 */
export function melGanStep(
  generator: MelGanPart,
  discriminator: MelGanDiscriminatorConfig,
  sizes: VocoderBatch,
  weights: AdversarialWeights = { features: 10, spectral: 0 },
): StepDesign {
  const critic = { kind: 'mel-gan-discriminator', config: discriminator, adam: ADAM } as const;
  return {
    ...designOf(generator, sizes),
    networks: { generator: { ...generator, adam: ADAM }, discriminator: critic },
    first: ['discriminator'],
    compute: (bench) => adversarial(bench, discriminator, weights),
  };
}

function designOf(
  { config }: MelGanPart,
  { batch, frames }: VocoderBatch,
): Omit<StepDesign, 'networks' | 'compute'> {
  const hop = config.ratios.reduce((a, b) => a * b, 1);
  return {
    carried: {},
    batch: { mel: [batch, config.n_mel_channels, frames], audio: [batch, 1, frames * hop] },
    optimise: 'all',
  };
}

function spoken(bench: StepBench, parameters: Tensor): Tensor {
  const held = bench.hold('generator', parameters);
  const tensors = { mel: bench.batch.mel as Tensor };
  return applyNetwork(bench.network('generator'), held, { tensors }).audio as Tensor;
}

function adversarial(
  bench: StepBench,
  config: MelGanDiscriminatorConfig,
  weights: AdversarialWeights,
): Symbols {
  const network = bench.network('discriminator');
  const judge = (parameters: Tensor, audio: Tensor): Heard =>
    heard(network, bench.hold('discriminator', parameters), audio, config.num_D);
  const real = bench.batch.audio as Tensor;
  const fake = spoken(bench, bench.parameters('generator'));
  const critic = differentiate([bench.parameters('discriminator')], (p) => {
    const [found, wanted] = [judge(p as Tensor, fake), judge(p as Tensor, real)];
    const losses = found.scores.map((score, i) => {
      const truth = tf.mean(tf.relu(tf.sub(1, wanted.scores[i] as Tensor)));
      return tf.add(tf.mean(tf.relu(tf.add(1, score))), truth);
    });
    return { loss: tf.addN(losses), kept: Object.fromEntries(wanted.features.entries()) };
  });
  const learned = bench.update('discriminator', critic.gradients[0] as Tensor);
  const maker = differentiate([bench.parameters('generator')], (p) => {
    const audio = spoken(bench, p as Tensor);
    const { scores, features } = judge(learned, audio);
    const fooled = tf.neg(tf.addN(scores.map((score) => tf.mean(score))));
    const matched = features.map((value, i) => meanDistance(value, critic.kept[i] as Tensor));
    const share = 4 / (config.n_layers_D + 1) / config.num_D;
    const matching = tf.mul(tf.addN(matched), share);
    const both = tf.add(fooled, tf.mul(matching, weights.features));
    const all =
      weights.spectral === 0 ? both : tf.add(both, tf.mul(stftLoss(audio, real), weights.spectral));
    const { loss, kept } = withMel(all, { audio, target: real }, weights.mel);
    return { loss, kept: { fooled, matching, ...kept } };
  });
  bench.update('generator', maker.gradients[0] as Tensor);
  return { loss: maker.loss, discriminator: critic.loss, ...maker.kept };
}

interface Heard {
  readonly scores: readonly Tensor[];
  readonly features: readonly Tensor[];
}

// The last layer of every scale is its score, the others are features.
function heard(network: Network, held: Held, audio: Tensor, scales: number): Heard {
  const outputs = Object.values(applyNetwork(network, held, { tensors: { audio } }));
  const layers = outputs.length / scales;
  const isScore = (_: Tensor, i: number): boolean => i % layers === layers - 1;
  return {
    scores: outputs.filter(isScore),
    features: outputs.filter((value, i) => !isScore(value, i)),
  };
}
