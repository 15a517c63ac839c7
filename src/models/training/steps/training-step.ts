import type { Tensor as Symbol } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../networks/config.js';
import { describe } from '../../networks/describe.js';
import type { NetworkKind } from '../../networks/kind.js';
import type { Network } from '../../networks/network.js';
import { type AdamSettings, adamStep, type AdamVectors } from '../adam.js';
import type { Computation, Shapes, Symbols } from '../engine.js';
import { heldVectors, type HeldVectors, type Layouts, layoutsOf } from '../flat-parameters.js';
import { keep } from '../kept.js';

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
  /** Roles whose renewed parameters the rest of the same step needs; none unless told. */
  readonly first?: readonly string[];
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

/** How a gradient changes the parameters of a role; what the rest of the step goes on with. */
export type Update = (role: string, gradient: Symbol) => Symbol;

/** What is left when a step was computed: its losses, and its state by name. */
export interface Computed {
  readonly losses: Symbols;
  readonly state: ReadonlyMap<string, Symbol>;
}

/** A whole step, optimisers included; the next state leaves under `next.` and its name. */
export function stepComputation(design: StepDesign): Computation {
  return (inputs) => {
    const renewed = new Map<string, Symbol>();
    const { losses, state } = computed(design, inputs, (role, gradient) => {
      const next = adamOf(design, inputs, role, gradient);
      for (const [part, value] of Object.entries(next)) renewed.set(`${role}.${part}`, value);
      return next.parameters;
    });
    const next = [...state, ...renewed].map(([name, value]) => [`next.${name}`, value]);
    return { ...losses, ...Object.fromEntries(next) };
  };
}

/** Computes a step; what becomes of its gradients is the caller's affair. */
export function computed(design: StepDesign, inputs: Symbols, update: Update): Computed {
  // The optimisers' vectors are not among the inputs where gradients alone are found.
  const names = Object.keys(stateShapes(design)).filter((name) => name in inputs);
  const state = new Map(names.map((name) => [name, of(inputs, name)]));
  const losses = design.compute(benchOf(design, inputs, state, update));
  return { losses, state };
}

/** One optimiser's step on the vectors that a role has among the inputs. */
export function adamOf(
  { networks }: StepDesign,
  inputs: Symbols,
  role: string,
  gradient: Symbol,
): AdamVectors {
  const [parameters, mean, variance] = ['parameters', 'mean', 'variance'].map((part) =>
    of(inputs, `${role}.${part}`),
  ) as [Symbol, Symbol, Symbol];
  const { adam } = networks[role] as TrainedNetwork;
  return adamStep({ parameters, mean, variance }, gradient, of(inputs, `${role}.pace`), adam);
}

function benchOf(
  design: StepDesign,
  inputs: Symbols,
  state: Map<string, Symbol>,
  update: Update,
): StepBench {
  const now = (name: string): Symbol => state.get(name) as Symbol;
  const trained = (role: string): TrainedNetwork => design.networks[role] as TrainedNetwork;
  const layouts = new Map<string, Layouts>();
  for (const [role, { kind, config }] of Object.entries(design.networks)) {
    layouts.set(role, layoutsOf(kind, config));
  }
  return {
    batch: inputs,
    network: (role) => describe(trained(role).kind, trained(role).config),
    parameters: (role) => now(`${role}.parameters`),
    hold: (role, parameters) =>
      heldVectors(layouts.get(role) as Layouts, parameters, now(`${role}.buffers`)),
    keep: (role, held) => void state.set(`${role}.buffers`, keep(held.buffers())),
    update: (role, gradient) => {
      const parameters = update(role, gradient);
      state.set(`${role}.parameters`, parameters);
      return parameters;
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
