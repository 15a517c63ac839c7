// The public door, for a kind of your own: what it is made of, and nothing of the machinery.
export type {
  AgentId,
  Ancestor,
  Audio,
  Control,
  Descriptors,
  Match,
  Matches,
  Matrix,
  Mel,
  Noise,
  Origin,
  Port,
  Ports,
  Random,
  Samples,
  SignalKind,
  SignalMap,
} from './core/index.js';
export {
  parseDuration,
  port,
  SAMPLE_RATE_DEFAULT,
  seededRandom,
  toSamples,
  toSeconds,
  UserError,
} from './core/index.js';
export type {
  AgentKind,
  Context,
  Emission,
  Heard,
  Message,
  RoleParam,
  Step,
  Tick,
  Ticks,
} from './agents/index.js';
export { defineAgent, role, seconds } from './agents/index.js';
