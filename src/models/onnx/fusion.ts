import type { Conv } from '../networks/module.js';
import type { Step, Value } from '../networks/network.js';

/** A convolution to whose result `addend` is added and which may end in a leaky rectifier. */
export interface FusedConv {
  readonly op: 'fused-conv';
  readonly module: Conv;
  readonly addend: Value | undefined;
  readonly slope: number | undefined;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** A step, or several that one pass over memory can do. */
export type FusedStep = Step | FusedConv;

/**
 * Joins convolution, sum of two and leaky rectifier wherever nobody else reads what lies between:
 * the same numbers in a third of the passes over memory.
 */
export function fuse(steps: readonly Step[]): readonly FusedStep[] {
  const reads = readsOf(steps);
  const fused: FusedStep[] = [];
  const take: Take = (value, adding = false) => {
    const at = fused.findIndex(({ outputs }) => outputs[0] === value);
    const step = fused[at];
    if (step?.op !== 'fused-conv' || reads.get(value as Value) !== 1) return undefined;
    if (step.slope !== undefined || (adding && step.addend !== undefined)) return undefined;
    fused.splice(at, 1);
    return step;
  };
  for (const step of steps) fused.push(joined(step, take) ?? step);
  return fused;
}

// Takes back the convolution that wrote a value nobody else reads; to add, its sum must be free.
type Take = (value: Value | undefined, adding?: boolean) => FusedConv | undefined;

function joined(step: Step, take: Take): FusedConv | undefined {
  const { outputs } = step;
  if (step.op === 'conv') {
    const { module, inputs } = step;
    return { op: 'fused-conv', module, inputs, outputs, addend: undefined, slope: undefined };
  }
  if (step.op === 'leaky-relu') {
    const conv = take(step.inputs[0]);
    return conv && { ...conv, outputs, slope: step.slope };
  }
  return step.op === 'sum' && step.inputs.length === 2 ? withAddend(step, take) : undefined;
}

function withAddend({ inputs, outputs }: Step, take: Take): FusedConv | undefined {
  const [first, second] = inputs as [Value, Value];
  const conv = take(second, true) ?? take(first, true);
  if (!conv) return undefined;
  const addend = conv.outputs[0] === second ? first : second;
  return { ...conv, outputs, addend };
}

function readsOf(steps: readonly Step[]): ReadonlyMap<Value, number> {
  const reads = new Map<Value, number>();
  for (const value of steps.flatMap(({ inputs }) => inputs)) {
    reads.set(value, (reads.get(value) ?? 0) + 1);
  }
  return reads;
}
