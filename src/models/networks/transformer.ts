import type { TransformerConfig } from './config.js';
import type { Attention, Linear, Norm } from './module.js';
import type { Mask, Network, Value } from './network.js';
import { Sketch } from './sketch.js';

interface Layer {
  readonly attentions: readonly Attention[];
  readonly widen: Linear;
  readonly narrow: Linear;
  readonly norms: readonly Norm[];
}

/**
 * The encoder-only transformer (anatomy §8.3): window [B, S, d] to `forward` [B, S, d]. With
 * `mode: faithful` later keys get +1, as the original's mask does; `corrected` hides them.
 */
export function transformerEncoderOnly(config: TransformerConfig): Network {
  const { descriptor_size: size, dim_pos_encoding: width } = config;
  const sketch = new Sketch();
  const decoder: Linear = { type: 'linear', name: 'model.decoder', in: size + width, out: size };
  sketch.declare(decoder);
  const positions = sketch.declare({ type: 'positions', name: 'model.pos_encoder', width });
  // The original keeps the unused template of its layers in the state dict.
  declareLayer(sketch, config, 'model.encoder_layer', ['self_attn']);
  const layers = declareLayers(sketch, config, 'model.transformer_encoder', ['self_attn']);

  const window = sketch.input('window', ['batch', 'time', size]);
  let value = sketch.step({ op: 'with-positions', module: positions }, window);
  const mask: Mask = config.mode === 'corrected' ? 'causal' : 'plus-one';
  for (const layer of layers) value = applyLayer(sketch, layer, value, [[value, mask]]);
  const forward = sketch.step({ op: 'linear', module: decoder }, value);
  sketch.output('forward', ['batch', 'time', size], forward);
  return sketch.done();
}

/** The full transformer (§8.4): window and a count of steps to `prediction` [B, steps, d]. */
export function transformer(config: TransformerConfig): Network {
  const { descriptor_size: size, dim_pos_encoding: width } = config;
  const sketch = new Sketch();
  const encoder = declareLayers(sketch, config, 'transformer.encoder', ['self_attn']);
  const encoderNorm = declareNorm(sketch, config, 'transformer.encoder.norm');
  const attentions = ['self_attn', 'multihead_attn'];
  const decoder = declareLayers(sketch, config, 'transformer.decoder', attentions);
  const decoderNorm = declareNorm(sketch, config, 'transformer.decoder.norm');
  const positions = sketch.declare({ type: 'positions', name: 'pos_encoder', width });

  const window = sketch.input('window', ['batch', 'time', size]);
  const steps = sketch.input('steps', [1]);
  let memory = sketch.step({ op: 'with-positions', module: positions }, window);
  for (const layer of encoder) memory = applyLayer(sketch, layer, memory, [[memory, 'causal']]);
  memory = sketch.step({ op: 'norm', module: encoderNorm }, memory);
  const ahead = { op: 'future', module: positions, features: size } as const;
  let value = sketch.step(ahead, window, steps);
  for (const layer of decoder) {
    value = applyLayer(sketch, layer, value, [
      [value, 'none'],
      [memory, 'none'],
    ]);
  }
  value = sketch.step({ op: 'norm', module: decoderNorm }, value);
  // No projection: the prediction is the first part of the last layer norm.
  const prediction = sketch.step({ op: 'first', count: size }, value);
  sketch.output('prediction', ['batch', 'steps', size], prediction);
  return sketch.done();
}

function declareLayers(
  sketch: Sketch,
  config: TransformerConfig,
  name: string,
  attentions: readonly string[],
): readonly Layer[] {
  return Array.from({ length: config.num_layers }, (_, i) =>
    declareLayer(sketch, config, `${name}.layers.${i}`, attentions),
  );
}

function declareLayer(
  sketch: Sketch,
  config: TransformerConfig,
  name: string,
  attentions: readonly string[],
): Layer {
  const width = config.descriptor_size + config.dim_pos_encoding;
  const { nhead: heads, dim_feedforward: inner } = config;
  const linear = (part: string, from: number, to: number): Linear =>
    sketch.declare({ type: 'linear', name: `${name}.${part}`, in: from, out: to });
  return {
    attentions: attentions.map((part) =>
      sketch.declare({ type: 'attention', name: `${name}.${part}`, width, heads }),
    ),
    widen: linear('linear1', width, inner),
    narrow: linear('linear2', inner, width),
    norms: ['self', ...attentions].map((_, i) =>
      declareNorm(sketch, config, `${name}.norm${i + 1}`),
    ),
  };
}

function declareNorm(sketch: Sketch, config: TransformerConfig, name: string): Norm {
  const channels = config.descriptor_size + config.dim_pos_encoding;
  return sketch.declare({ type: 'layer-norm', name, channels, groups: 1 });
}

// Post-norm: each part is added to what it heard, then normalised. What drops is the original's.
function applyLayer(
  sketch: Sketch,
  layer: Layer,
  input: Value,
  sources: readonly (readonly [Value, Mask])[],
): Value {
  let value = input;
  layer.attentions.forEach((module, i) => {
    const [source, mask] = sources[i] as readonly [Value, Mask];
    const heard = sketch.step({ op: 'attention', module, mask, drops: true }, value, source);
    value = added(sketch, layer.norms[i] as Norm, value, heard);
  });
  const inner = sketch.step({ op: 'linear', module: layer.widen }, value);
  const active = sketch.step({ op: 'relu', drops: true }, inner);
  const turned = sketch.step({ op: 'linear', module: layer.narrow, drops: true }, active);
  return added(sketch, layer.norms.at(-1) as Norm, value, turned);
}

function added(sketch: Sketch, module: Norm, value: Value, turned: Value): Value {
  return sketch.step({ op: 'norm', module }, sketch.sum(value, turned));
}
