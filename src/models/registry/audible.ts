import type { Weights } from '../networks/kind.js';

/**
 * Makes an untrained weight-normed network audible. PyTorch's initialisation gives a convolution
 * a variance of 1 / (3 · fan-in), so that a mel is lost under the biases after a few layers: with
 * every `weight_g` times √3 and the biases at zero the energy of what is heard is kept.
 */
export function audibleWeights(weights: Weights): Weights {
  const gainOf = (name: string): number => {
    if (name.endsWith('.weight_g')) return Math.sqrt(3);
    return name.endsWith('.bias') ? 0 : 1;
  };
  return new Map(
    [...weights].map(([name, { shape, data }]) => {
      const gain = gainOf(name);
      return [name, { shape, data: gain === 1 ? data : data.map((value) => value * gain) }];
    }),
  );
}
