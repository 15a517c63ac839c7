// The rehearsal room: play one kind alone, probe it, hold it to the contract of all kinds, and try
// what faults do to a swarm.
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
export type { BusFaults, Fate } from './faults/fate.js';
export { fateOf } from './faults/fate.js';
export type { FaultCounts, FaultyBus } from './faults/faulty-bus.js';
export { faultyBus } from './faults/faulty-bus.js';
export type { KindFault, KindFaults } from './faults/faulty-kind.js';
export { faultOf, faultyKind } from './faults/faulty-kind.js';
export type {
  Check,
  RehearsalCertificate,
  RehearsalFigures,
  RehearsalMeasures,
  RehearsedLoop,
} from './rehearsal/certificate.js';
export { rehearsalText } from './rehearsal/certificate-text.js';
export type { MemoryGrowth } from './rehearsal/memory.js';
export type { Mishap, MishapPlan } from './rehearsal/mishap.js';
export type { ScenarioRehearsal } from './rehearsal/rehearse-scenario.js';
export { rehearseScenario } from './rehearsal/rehearse-scenario.js';
