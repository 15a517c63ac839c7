import type { Tensor } from '../../core/index.js';

const WRAPPED = 'module.';

// How PyTorch 2 names what its older weight_norm and spectral_norm called otherwise.
const PARAMETRIZED: readonly (readonly [string, string])[] = [
  ['.parametrizations.weight.original0', '.weight_g'],
  ['.parametrizations.weight.original1', '.weight_v'],
  ['.parametrizations.weight.original', '.weight_orig'],
  ['.parametrizations.weight.0._u', '.weight_u'],
  ['.parametrizations.weight.0._v', '.weight_v'],
];

/**
 * Renames a state dict's keys to those of the original runs: without the `module.` of several GPUs
 * (anatomy §0), and with the weight and spectral norms as PyTorch 1 named them.
 */
export function originalNames(weights: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const names = [...weights.keys()];
  const prefixed = names.length > 0 && names.every((name) => name.startsWith(WRAPPED));
  const start = prefixed ? WRAPPED.length : 0;
  return new Map([...weights].map(([name, value]) => [plainName(name.slice(start)), value]));
}

function plainName(name: string): string {
  const found = PARAMETRIZED.find(([tail]) => name.endsWith(tail));
  return found === undefined ? name : `${name.slice(0, -found[0].length)}${found[1]}`;
}
