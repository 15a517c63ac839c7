// The rehearsal room: play one kind alone, probe it, and hold it to the contract of all kinds.
export type { ProbeOptions } from './probes.js';
export { chirp, click, hiss, silence, sine } from './probes.js';
export type { ContextParts } from './context.js';
export { makeContext } from './context.js';
export type { Given, RehearsalOptions, Said } from './rehearse.js';
export { rehearse } from './rehearse.js';
export { isFiniteSignal, shapeFault } from './signal-shape.js';
export type { Trial } from './trial-signals.js';
export { trialSignals } from './trial-signals.js';
export type { ContractCase, KindContractOptions } from './kind-contract.js';
export { kindContract } from './kind-contract.js';
