import type { Tensor } from '@tensorflow/tfjs-core';
import type { SequencerConfig, TransformerConfig } from '../../networks/config.js';
import { applyNetwork } from '../layers/apply-network.js';
import { tf } from '../tensorflow.js';
import { differentiate } from './gradient.js';
import type { StepDesign } from './training-step.js';

/** Any of the four sequencers. */
export type SequencerPart =
  | { readonly kind: 'lstm' | 'lstm-encoder-decoder'; readonly config: SequencerConfig }
  | {
      readonly kind: 'transformer' | 'transformer-encoder-only';
      readonly config: TransformerConfig;
    };

const ADAM = { beta1: 0.9, beta2: 0.999 };

/**
 * A sequencer's step on normalised descriptors (anatomy §8): mean squared error. Those that answer
 * every frame hear `frames` − 1 of `window` [B, frames, d] and say the next; the others hear all
 * but the last `forecast_size` and say those.
 */
export function sequencerStep(
  sequencer: SequencerPart,
  sizes: { readonly batch: number; readonly frames: number },
): StepDesign {
  const { batch, frames } = sizes;
  const size = sequencer.config.descriptor_size;
  const stepwise = sequencer.kind === 'lstm' || sequencer.kind === 'transformer-encoder-only';
  const ahead = stepwise ? 1 : sequencer.config.forecast_size;
  if (ahead >= frames) throw new RangeError(`${frames} frames cannot foretell ${ahead}`);
  const adam = sequencer.kind === 'transformer-encoder-only' ? { ...ADAM, decay: 0.01 } : ADAM;
  return {
    networks: { sequencer: { ...sequencer, adam } },
    carried: {},
    batch: { window: [batch, frames, size] },
    optimise: sequencer.kind.startsWith('lstm') ? 'basic' : 'all',
    compute: (bench) => {
      const whole = bench.batch.window as Tensor;
      const heard = tf.slice(whole, [0, 0, 0], [batch, frames - ahead, size]);
      const count = stepwise ? frames - 1 : ahead;
      const wanted = tf.slice(whole, [0, frames - count, 0], [batch, count, size]);
      const { loss, gradients } = differentiate([bench.parameters('sequencer')], (p) => {
        const held = bench.hold('sequencer', p as Tensor);
        const feeds = { tensors: { window: heard }, steps: ahead };
        const outputs = applyNetwork(bench.network('sequencer'), held, feeds);
        const said = (outputs.forward ?? outputs.prediction) as Tensor;
        return { loss: tf.mean(tf.squaredDifference(said, wanted)), kept: {} };
      });
      bench.update('sequencer', gradients[0] as Tensor);
      return { loss };
    },
  };
}
