import type { Tensor } from '@tensorflow/tfjs-core';
import type { SequencerConfig, TransformerConfig } from '../../networks/config.js';
import { describe } from '../../networks/describe.js';
import type { NetworkKind } from '../../networks/kind.js';
import { applyNetwork } from '../layers/apply-network.js';
import { continued } from '../layers/continuation.js';
import type { Held } from '../layers/held.js';
import { tf } from '../tensorflow.js';
import { type Disturbance, disturbanceShapes, disturbed, dropsOf } from './disturbed.js';
import { differentiate } from './gradient.js';
import type { StepBench, StepDesign } from './training-step.js';

/** Any of the four sequencers. */
export type SequencerPart =
  | { readonly kind: 'lstm' | 'lstm-encoder-decoder'; readonly config: SequencerConfig }
  | {
      readonly kind: 'transformer' | 'transformer-encoder-only';
      readonly config: TransformerConfig;
    };

const ADAM = { beta1: 0.9, beta2: 0.999 };

/** How a sequencer learns. */
export interface SequencerLearning extends Disturbance {
  /**
   * Frames that a sequencer which answers every frame foretells after its window, the second and
   * all further ones from its own answers; 1 unless told. The others foretell their forecast.
   */
  readonly rollout?: number;
}

/** Whether a kind answers every frame, so that it plays by hearing its own answers. */
export function answersEveryFrame(kind: NetworkKind): boolean {
  return kind === 'lstm' || kind === 'transformer-encoder-only';
}

/**
 * A sequencer's step on normalised descriptors (anatomy §8): mean squared error. Those that answer
 * every frame hear all of `window` [B, frames, d] but the last `rollout` and say the next of each,
 * then continue it; the others hear all but the last `forecast_size` and say those.
 */
export function sequencerStep(
  sequencer: SequencerPart,
  sizes: { readonly batch: number; readonly frames: number },
  learning: SequencerLearning = {},
): StepDesign {
  const { batch, frames } = sizes;
  const size = sequencer.config.descriptor_size;
  const stepwise = answersEveryFrame(sequencer.kind);
  const rollout = learning.rollout ?? 1;
  const ahead = stepwise ? rollout : sequencer.config.forecast_size;
  if (ahead >= frames) throw new RangeError(`${frames} frames cannot foretell ${ahead}`);
  const heard = [batch, frames - ahead, size] as const;
  const adam = sequencer.kind === 'transformer-encoder-only' ? { ...ADAM, decay: 0.01 } : ADAM;
  const applied = { batch, frames: stepwise ? frames - 1 : frames - ahead, steps: ahead };
  const network = describe(sequencer.kind, sequencer.config);
  return {
    networks: { sequencer: { ...sequencer, adam } },
    carried: {},
    batch: {
      window: [batch, frames, size],
      ...disturbanceShapes(network, learning, heard, applied),
    },
    optimise: sequencer.kind.startsWith('lstm') || (stepwise && rollout > 1) ? 'basic' : 'all',
    compute: (bench) => {
      const whole = bench.batch.window as Tensor;
      const window = disturbed(tf.slice(whole, [0, 0, 0], [...heard]), bench.batch);
      const count = stepwise ? frames - 1 : ahead;
      const wanted = tf.slice(whole, [0, frames - count, 0], [batch, count, size]);
      const { loss, gradients, kept } = differentiate([bench.parameters('sequencer')], (p) => {
        const held = bench.hold('sequencer', p as Tensor);
        const said = foretold(bench, held, window, stepwise, ahead);
        return { loss: tf.mean(tf.squaredDifference(said, wanted)), kept: { said } };
      });
      bench.update('sequencer', gradients[0] as Tensor);
      if (!stepwise || rollout === 1) return { loss };
      return { loss, continuation: endError(kept.said, wanted, rollout) };
    },
  };
}

function foretold(
  bench: StepBench,
  held: Held,
  window: Tensor,
  stepwise: boolean,
  steps: number,
): Tensor {
  const network = bench.network('sequencer');
  const drops = dropsOf(bench.batch);
  if (stepwise) return continued(network, held, { window, steps, ...drops });
  const said = applyNetwork(network, held, { tensors: { window }, steps, ...drops });
  return said.prediction as Tensor;
}

// What `models evaluate` measures: the frames after the window alone.
function endError(said: Tensor, wanted: Tensor, count: number): Tensor {
  const [batch, frames, size] = said.shape as [number, number, number];
  const end = (x: Tensor): Tensor => tf.slice(x, [0, frames - count, 0], [batch, count, size]);
  return tf.mean(tf.squaredDifference(end(said), end(wanted)));
}
