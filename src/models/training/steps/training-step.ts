import type { Tensor as Symbol } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../networks/config.js';
import { describe } from '../../networks/describe.js';
import type { NetworkKind } from '../../networks/kind.js';
import type { Network } from '../../networks/network.js';
import { type AdamSettings, adamStep } from '../adam.js';
import type { Computation, Shapes, Symbols } from '../engine.js';
import { heldVectors, type HeldVectors, type Layouts, layoutsOf } from '../flat-parameters.js';
import { tf } from '../tensorflow.js';

/** A network under training and its optimiser. */
export interface TrainedNetwork {
  readonly kind: NetworkKind;
  readonly config: NetworkConfig;
  readonly adam: AdamSettings;
}

/** A training step as a design: what it hears, and what it does to the networks by role. */
export interface StepDesign {
  readonly networks: Readonly<Record<string, TrainedNetwork>>;
  /** Numbers carried from step to step, with their first values. */
  readonly carried: Readonly<Record<string, number>>;
  readonly batch: Shapes;
  /** How hard ONNX Runtime rearranges the graph; long recurrences want `basic`. */
  readonly optimise: 'basic' | 'all';
  /** Does the step and hands back what is worth knowing, each a single number. */
  compute(bench: StepBench): Symbols;
}

/** What a step works with. */
export interface StepBench {
  readonly batch: Symbols;
  network(role: string): Network;
  parameters(role: string): Symbol;
  /** Holds a network with these parameters and its present buffers, which `keep` renews. */
  hold(role: string, parameters: Symbol): HeldVectors;
  /** Keeps the buffers as a held network left them. */
  keep(role: string, held: HeldVectors): void;
  /** Applies a gradient; the network's parameters from here on, which are handed back. */
  update(role: string, gradient: Symbol): Symbol;
  carried(name: string): Symbol;
  carry(name: string, value: Symbol): void;
}

/** The shapes of what a step carries from one step to the next, by name. */
export function stateShapes({ networks, carried }: StepDesign): Shapes {
  const shapes: Record<string, readonly number[]> = {};
  for (const [role, { kind, config }] of Object.entries(networks)) {
    const { parameters, buffers } = layoutsOf(kind, config);
    for (const part of ['parameters', 'mean', 'variance']) {
      shapes[`${role}.${part}`] = [parameters.size];
    }
    shapes[`${role}.buffers`] = [buffers.size];
  }
  for (const name of Object.keys(carried)) shapes[name] = [];
  return shapes;
}

/** The shapes of everything a step hears: its state, its batch, and each optimiser's pace. */
export function stepShapes(design: StepDesign): Shapes {
  const paces = Object.keys(design.networks).map((role) => [`${role}.pace`, [3]]);
  return { ...stateShapes(design), ...Object.fromEntries(paces), ...design.batch };
}

/** A whole step, optimisers included; the next state leaves under `next.` and its name. */
export function stepComputation(design: StepDesign): Computation {
  const layouts = new Map(
    Object.entries(design.networks).map(([role, { kind, config }]) => [
      role,
      layoutsOf(kind, config),
    ]),
  );
  return (inputs) => {
    const state = new Map(Object.keys(stateShapes(design)).map((name) => [name, of(inputs, name)]));
    const metrics = design.compute(benchOf(design, layouts, inputs, state));
    const next = [...state].map(([name, value]) => [`next.${name}`, value]);
    return { ...metrics, ...Object.fromEntries(next) };
  };
}

function benchOf(
  design: StepDesign,
  layouts: ReadonlyMap<string, Layouts>,
  inputs: Symbols,
  state: Map<string, Symbol>,
): StepBench {
  const now = (name: string): Symbol => state.get(name) as Symbol;
  const trained = (role: string): TrainedNetwork => design.networks[role] as TrainedNetwork;
  return {
    batch: inputs,
    network: (role) => describe(trained(role).kind, trained(role).config),
    parameters: (role) => now(`${role}.parameters`),
    hold: (role, parameters) =>
      heldVectors(layouts.get(role) as Layouts, parameters, now(`${role}.buffers`)),
    keep: (role, held) => void state.set(`${role}.buffers`, tf.keep(held.buffers())),
    update: (role, gradient) => {
      const [parameters, mean, variance] = ['parameters', 'mean', 'variance'].map((part) =>
        now(`${role}.${part}`),
      ) as [Symbol, Symbol, Symbol];
      const before = { parameters, mean, variance };
      const next = adamStep(before, gradient, of(inputs, `${role}.pace`), trained(role).adam);
      for (const [part, value] of Object.entries(next)) state.set(`${role}.${part}`, value);
      return next.parameters;
    },
    carried: now,
    carry: (name, value) => void state.set(name, value),
  };
}

function of(inputs: Symbols, name: string): Symbol {
  const found = inputs[name];
  if (!found) throw new RangeError(`the step was not given ${name}`);
  return found;
}
