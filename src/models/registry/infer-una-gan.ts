import type { Inferred, WeightShapes } from './weight-shapes.js';

/** Widths of the hierarchical generator from its first block and heads (anatomy §3.2). */
export function inferUnaGan(shapes: WeightShapes): Inferred {
  const mfd = shapes.size('block0.block.0.weight', 0);
  const stages = shapes.count((i) => `blocks.${i}.block.0.weight`);
  return {
    known: {
      mfd,
      z_dim: shapes.size('block0.block.0.weight', 1),
      feat_dim: shapes.size('head0.weight', 0),
      num_groups: mfd / shapes.size('block0.block.3.conv.weight', 1),
    },
    assumed: { z_scale_factors: doublings(stages) },
  };
}

/** Widths of the non-hierarchical generator (anatomy §3.3). */
export function inferUnaGanFlat(shapes: WeightShapes): Inferred {
  const mfd = shapes.size('body.0.weight', 0);
  return {
    known: {
      mfd,
      z_dim: shapes.size('body.0.weight', 1),
      feat_dim: shapes.size('head.weight', 0),
      num_groups: mfd / shapes.size('body.3.conv.weight', 1),
    },
    assumed: {},
  };
}

/**
 * Widths of the discriminator (anatomy §3.4). Its inner width may differ from the generator's, with
 * which it shares its settings, so it overrules instead of contradicting.
 */
export function inferDiscriminator(shapes: WeightShapes): Inferred {
  const first = 'body1d.0.block.0.weight_orig';
  return {
    known: { feat_dim: shapes.size(first, 1) / 8 },
    assumed: {},
    overruling: { mfd: shapes.size(first, 0) },
  };
}

/** Widths of the cycle encoder (anatomy §3.5): a stage for every factor, noise at its head. */
export function inferEncoder(shapes: WeightShapes): Inferred {
  const { known, overruling = {} } = inferDiscriminator(shapes);
  const stages = shapes.count((i) => `body1d.${i + 1}.block.0.weight_orig`);
  return {
    known: { ...known, z_dim: shapes.size('head.weight_orig', 0) },
    assumed: { z_scale_factors: doublings(stages) },
    overruling,
  };
}

function doublings(stages: number): readonly number[] {
  return Array.from({ length: stages }, () => 2);
}
