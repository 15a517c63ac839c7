import type { Weights } from '../networks/kind.js';
import type { Norm } from '../networks/module.js';
import { weightOf } from './fold.js';
import type { GraphWriter } from './graph.js';

const EPSILON = { float: 1e-5 } as const;

/** Writes group, batch (evaluation) or layer norm, all with epsilon 1e-5. */
export function writeNorm(graph: GraphWriter, norm: Norm, weights: Weights, x: string): string {
  if (norm.type === 'group-norm') return writeGroupNorm(graph, norm, weights, x);
  const part = (name: string): string => {
    const { shape, data } = weightOf(weights, `${norm.name}.${name}`);
    return graph.floats(shape, data);
  };
  const inputs = [x, part('weight'), part('bias')];
  if (norm.type === 'layer-norm') {
    return graph.node('LayerNormalization', inputs, { attributes: { axis: -1, epsilon: EPSILON } });
  }
  const running = [part('running_mean'), part('running_var')];
  const attributes = { epsilon: EPSILON };
  return graph.node('BatchNormalization', [...inputs, ...running], { attributes });
}

// Instance norm over [B, G, C/G·T] is group norm without its per-channel affine, which follows.
function writeGroupNorm(graph: GraphWriter, norm: Norm, weights: Weights, x: string): string {
  const { groups, channels } = norm;
  const ones = graph.floats([groups], new Float32Array(groups).fill(1));
  const zeros = graph.floats([groups], new Float32Array(groups));
  const folded = graph.node('Reshape', [x, graph.ints([0, groups, -1])]);
  const attributes = { epsilon: EPSILON };
  const even = graph.node('InstanceNormalization', [folded, ones, zeros], { attributes });
  const unfolded = graph.node('Reshape', [even, graph.node('Shape', [x])]);
  const [scale, shift] = ['weight', 'bias'].map((name) =>
    graph.floats([channels, 1], weightOf(weights, `${norm.name}.${name}`).data),
  );
  const scaled = graph.node('Mul', [unfolded, scale as string]);
  return graph.node('Add', [scaled, shift as string]);
}
