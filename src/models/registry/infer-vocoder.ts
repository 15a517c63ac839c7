import type { Inferred, WeightShapes } from './weight-shapes.js';

/** Widths of either mel-GAN generator; kernels are twice their ratio (anatomy §4.1). */
export function inferMelGan(shapes: WeightShapes): Inferred {
  const convs = shapes.indices(/^model\.(\d+)\.weight_v$/);
  const blocks = shapes.indices(/^model\.(\d+)\.block\.2\.weight_v$/);
  const ups = convs.slice(1, -1);
  const width = shapes.size('model.1.weight_v', 0);
  return {
    known: {
      n_mel_channels: shapes.size('model.1.weight_v', 1),
      ngf: width / 2 ** ups.length,
      n_residual_layers: blocks.length / Math.max(1, ups.length),
      ratios: ups.map((i) => shapes.size(`model.${i}.weight_v`, 2) / 2),
    },
    assumed: {},
  };
}

/**
 * Widths of mel-GAN's discriminator; a kernel is ten times the downsampling, and one (anatomy
 * §4.2).
 */
export function inferMelGanDiscriminator(shapes: WeightShapes): Inferred {
  const layer = (i: number): string => `model.disc_0.model.layer_${i}.0.weight_v`;
  // The layers but the first and the one before the score shrink the signal.
  const strided = shapes.count((i) => layer(i + 1)) - 1;
  return {
    known: {
      num_D: shapes.count((i) => `model.disc_${i}.model.layer_0.1.weight_v`),
      ndf: shapes.size('model.disc_0.model.layer_0.1.weight_v', 0),
      n_layers_D: strided,
      downsampling_D: (shapes.size(layer(1), 2) - 1) / 10,
    },
    assumed: {},
  };
}

/**
 * Widths of HiFi-GAN; rates (half their kernel in every known config) and dilations are not in the
 * shapes (anatomy §5).
 */
export function inferHifiGan(shapes: WeightShapes): Inferred {
  const ups = shapes.count((i) => `ups.${i}.weight_v`);
  const type = shapes.has('resblocks.0.convs1.0.weight_v') ? '1' : '2';
  const list = type === '1' ? 'convs1' : 'convs';
  const blocks = shapes.count((i) => `resblocks.${i}.${list}.0.weight_v`);
  const kernels = Array.from({ length: blocks / Math.max(1, ups) }, (_, k) =>
    shapes.size(`resblocks.${k}.${list}.0.weight_v`, 2),
  );
  const steps = shapes.count((j) => `resblocks.0.${list}.${j}.weight_v`);
  const upKernels = Array.from({ length: ups }, (_, i) => shapes.size(`ups.${i}.weight_v`, 2));
  return {
    known: {
      num_mels: shapes.size('conv_pre.weight_v', 1),
      upsample_initial_channel: shapes.size('conv_pre.weight_v', 0),
      resblock: type,
      upsample_kernel_sizes: upKernels,
      resblock_kernel_sizes: kernels,
    },
    assumed: {
      upsample_rates: upKernels.map((kernel) => kernel / 2),
      resblock_dilation_sizes: dilations(type, kernels.length, steps),
    },
  };
}

function dilations(type: string, kernels: number, steps: number): readonly (readonly number[])[] {
  const published = [
    [1, 2],
    [2, 6],
    [3, 12],
  ];
  if (type === '2' && kernels === 3 && steps === 2) return published;
  return Array.from({ length: kernels }, () => Array.from({ length: steps }, (_, j) => 2 * j + 1));
}
