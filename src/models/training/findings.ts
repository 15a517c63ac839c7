import { tensor } from '../../core/index.js';
import type { Tensor, Tensors } from '../../core/index.js';
import type { Losses } from './stepper.js';

/** What a worker found on its part of a batch, ready to be averaged with the others' findings. */
export interface Findings {
  /** Gradients [size] by role. */
  readonly gradients: Tensors;
  /** Buffers and carried numbers as the step left them; only of the last stage. */
  readonly kept: Tensors;
  readonly losses: Losses;
}

/** The mean of several workers' findings on parts of equal size. */
export function averaged(findings: readonly Findings[]): Findings {
  const [one] = findings as [Findings];
  const losses = Object.keys(one.losses).map((name) => [
    name,
    mean(findings.map((each) => each.losses[name] as number)),
  ]);
  return {
    gradients: meanTensors(findings.map(({ gradients }) => gradients)),
    kept: meanTensors(findings.map(({ kept }) => kept)),
    losses: Object.fromEntries(losses),
  };
}

function meanTensors(all: readonly Tensors[]): Tensors {
  const names = Object.keys(all[0] as Tensors);
  return Object.fromEntries(
    names.map((name) => [name, meanTensor(all.map((each) => each[name] as Tensor))]),
  );
}

// Summed in double precision: the mean of equal values is that value.
function meanTensor(all: readonly Tensor[]): Tensor {
  const { shape, data } = all[0] as Tensor;
  const sum = Float64Array.from(data);
  for (const other of all.slice(1)) {
    for (let i = 0; i < sum.length; i++) sum[i]! += other.data[i]!;
  }
  const means = new Float32Array(sum.length);
  for (let i = 0; i < sum.length; i++) means[i] = sum[i]! / all.length;
  return tensor([...shape], means);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
