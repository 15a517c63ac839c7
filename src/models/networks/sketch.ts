import type { Conv, Module, UpConv } from './module.js';
import type { Gate, Network, Shape, Step, Value } from './network.js';

type Unwired<S> = S extends unknown ? Omit<S, 'inputs' | 'outputs'> : never;

/** What a step does, without the names of what it reads and writes. */
export type Operation = Unwired<Step>;

/** Writes a network down: modules are declared in state-dict order, steps in execution order. */
export class Sketch {
  readonly #modules: Module[] = [];
  readonly #inputs: Gate[] = [];
  readonly #steps: Step[] = [];
  readonly #outputs: Gate[] = [];
  #values = 0;

  /** Declares a module and hands it back. */
  declare<M extends Module>(module: M): M {
    this.#modules.push(module);
    return module;
  }

  /** Declares a tensor that enters; `optional` ones are zeros when they are not fed. */
  input(name: Value, shape: Shape, optional = false): Value {
    this.#inputs.push({ name, shape, optional });
    return name;
  }

  /** Adds a step and names its first output. */
  step(operation: Operation, ...inputs: readonly Value[]): Value {
    return this.steps(operation, 1, ...inputs)[0] as Value;
  }

  /** Adds a step with several outputs. */
  steps(operation: Operation, count: number, ...inputs: readonly Value[]): readonly Value[] {
    const outputs = Array.from({ length: count }, () => `v${this.#values++}`);
    this.#steps.push({ ...operation, inputs, outputs } as Step);
    return outputs;
  }

  /** Applies a convolution of either direction. */
  conv(module: Conv | UpConv, input: Value): Value {
    return module.type === 'conv'
      ? this.step({ op: 'conv', module }, input)
      : this.step({ op: 'up-conv', module }, input);
  }

  /** Leaky rectification with this negative slope. */
  leaky(slope: number, input: Value): Value {
    return this.step({ op: 'leaky-relu', slope }, input);
  }

  /** The element-wise sum. */
  sum(...inputs: readonly Value[]): Value {
    return this.step({ op: 'sum' }, ...inputs);
  }

  /** Declares a tensor that leaves, under a name of its own. */
  output(name: Value, shape: Shape, value: Value): void {
    this.#steps.push({ op: 'name', inputs: [value], outputs: [name] });
    this.#outputs.push({ name, shape });
  }

  /** The finished description. */
  done(): Network {
    return {
      modules: this.#modules,
      inputs: this.#inputs,
      steps: this.#steps,
      outputs: this.#outputs,
    };
  }
}

/** A one-dimensional convolution that keeps the length unless it strides; `options` override. */
export function conv1d(
  name: string,
  channels: readonly [number, number],
  kernel: number,
  options: Partial<Omit<Conv, 'dilation' | 'stride'>> & { dilation?: number; stride?: number } = {},
): Conv {
  const { dilation = 1, stride = 1, ...rest } = options;
  return {
    type: 'conv',
    name,
    rank: 1,
    in: channels[0],
    out: channels[1],
    kernel,
    padding: [(dilation * (kernel - 1)) / 2],
    padMode: 'zero',
    groups: 1,
    norm: 'none',
    ...rest,
    dilation: [dilation],
    stride: [stride],
  };
}
