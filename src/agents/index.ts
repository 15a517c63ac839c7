// The kinds of agent: what one hears, decides and says. One kind per file under kinds/.
export type {
  AgentKind,
  AnyAgentKind,
  CastRun,
  Context,
  Emission,
  Heard,
  Message,
  RoleParam,
  Step,
  Tick,
  Ticks,
} from './kind.js';
export { defineAgent } from './kind.js';
export { offerIn } from './cast/offer.js';
export { role, seconds } from './params.js';
export { BUILT_IN_KINDS } from './kinds.js';
