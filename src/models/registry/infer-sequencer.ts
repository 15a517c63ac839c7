import type { Inferred, WeightShapes } from './weight-shapes.js';

/** The forecast that the original asks for where a run stores none, or zero (anatomy §10.1). */
export const FORECAST_DEFAULT = 40;

/** Widths of the two LSTM sequencers (anatomy §8.1, §8.2). */
export function inferSequencer(shapes: WeightShapes): Inferred {
  const stack = shapes.has('lstm.weight_ih_l0') ? 'lstm' : 'encoder';
  const known = {
    descriptor_size: shapes.size('linear.weight', 0),
    hidden_size: shapes.size('linear.weight', 1),
    num_layers: shapes.count((i) => `${stack}.weight_ih_l${i}`),
  };
  if (stack === 'lstm') return { known, assumed: AHEAD };
  return {
    known: { ...known, dim_pos_encoding: shapes.size('pos_encoder.pe', 2) },
    assumed: AHEAD,
  };
}

/**
 * Widths of the two transformer sequencers; the number of heads is not in the shapes (anatomy
 * §8.3, §8.4).
 */
export function inferTransformer(shapes: WeightShapes): Inferred {
  const alone = shapes.has('model.pos_encoder.pe');
  const positions = alone ? 'model.pos_encoder.pe' : 'pos_encoder.pe';
  const stack = alone ? 'model.transformer_encoder' : 'transformer.encoder';
  const width = shapes.size(`${stack}.layers.0.linear1.weight`, 1);
  const dim_pos_encoding = shapes.size(positions, 2);
  return {
    known: {
      descriptor_size: width - dim_pos_encoding,
      dim_pos_encoding,
      num_layers: shapes.count((i) => `${stack}.layers.${i}.linear1.weight`),
      dim_feedforward: shapes.size(`${stack}.layers.0.linear1.weight`, 0),
    },
    assumed: { ...AHEAD, nhead: 5 },
  };
}

const AHEAD = { forecast_size: FORECAST_DEFAULT };
