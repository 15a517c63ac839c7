import type { Tensor } from '@tensorflow/tfjs-core';
import type { UnaGanConfig } from '../../networks/config.js';
import { differentiate, meanDistance } from './gradient.js';
import type { StepDesign } from './training-step.js';
import { madeMel, type MelBatch, unaGanStep } from './una-gan-step.js';

/**
 * una-GAN's generator alone, made to say given mels of given noise by their mean absolute
 * difference: no way to make music, but the plainest measure of the generator's own cost.
 */
export function unaGanFitStep(config: UnaGanConfig, sizes: MelBatch): StepDesign {
  const design = unaGanStep({ kind: 'una-gan', config, cycle: false }, sizes);
  return {
    ...design,
    networks: { generator: design.networks.generator! },
    carried: {},
    compute: (bench) => {
      const { mel, z } = bench.batch as { mel: Tensor; z: Tensor };
      const { loss, gradients } = differentiate([bench.parameters('generator')], (g) => {
        const said = madeMel(bench, g as Tensor, z, 'fake');
        return { loss: meanDistance(said, mel), kept: {} };
      });
      bench.update('generator', gradients[0] as Tensor);
      return { loss };
    },
  };
}
