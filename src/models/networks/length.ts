import { UserError } from '../../core/index.js';
import type { Network, Step, Value } from './network.js';

/**
 * Follows a length along the last axis through a network that hears `length` frames or samples.
 * Throws a UserError when a reflected edge would need more than there is.
 */
export function lengthsOf(network: Network, length: number): ReadonlyMap<Value, number> {
  const heard = (network.inputs[0] as { name: Value }).name;
  const lengths = new Map<Value, number>([[heard, length]]);
  for (const step of network.steps) {
    const before = lengths.get(step.inputs[0] as Value) ?? length;
    refuseShort(step, before, length);
    for (const output of step.outputs) lengths.set(output, lengthAfter(step, before));
  }
  return lengths;
}

function refuseShort(step: Step, before: number, length: number): void {
  if (step.op !== 'conv' || step.module.padMode === 'zero') return;
  const pad = step.module.padding[0] as number;
  if (before > pad) return;
  const least = Math.ceil((length * (pad + 1)) / before);
  const what = `an input of ${length} is too short: its edges cannot be reflected`;
  throw new UserError({ what, allowed: `at least ${least}` });
}

function lengthAfter(step: Step, before: number): number {
  switch (step.op) {
    case 'conv': {
      const { kernel, stride, dilation, padding } = step.module;
      const reach = (dilation.at(-1) as number) * (kernel - 1);
      return Math.floor((before + 2 * (padding.at(-1) as number) - reach - 1) / stride.at(-1)!) + 1;
    }
    case 'up-conv': {
      const { kernel, stride, padding, outputPadding } = step.module;
      return (before - 1) * stride - 2 * padding + kernel + outputPadding;
    }
    case 'repeat':
      return before * step.times;
    case 'halve':
      return Math.floor((before - 2) / 2) + 1;
    default:
      return before;
  }
}
