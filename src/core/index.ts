// The words of the house: signals, envelopes, time, chance, limits and errors. Imports nothing.
export type { Samples } from './time.js';
export { SAMPLE_RATE_DEFAULT, parseDuration, toSamples, toSeconds } from './time.js';
export type {
  Audio,
  Control,
  Descriptors,
  Match,
  Matches,
  Matrix,
  Mel,
  Noise,
  SignalKind,
  SignalMap,
} from './signal.js';
export { SIGNAL_KINDS, arraysOf, bytesOf, withGain } from './signal.js';
export type { Port, Ports, SignalAt } from './port.js';
export { port } from './port.js';
export type {
  AgentId,
  Ancestor,
  Envelope,
  EnvelopeId,
  ModelRef,
  Origin,
  PortRef,
} from './envelope.js';
export { portName } from './envelope.js';
export { heardAcross, lapOf } from './lineage.js';
export type { Random } from './random.js';
export { seededRandom } from './random.js';
export type { Fork } from './fork.js';
export { chanceName } from './fork.js';
export type { Limits } from './limits.js';
export { LIMITS_DEFAULT } from './limits.js';
export type { Checked, Problem } from './problem.js';
export { sound, unsound } from './problem.js';
export type { UserErrorParts } from './error.js';
export { UserError, messageOf } from './error.js';
export type { Tensor, Tensors } from './tensor.js';
export { sizeOf, tensor } from './tensor.js';
export { writeWhole } from './whole-file.js';
