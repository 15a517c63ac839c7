// Links, loops, their checks, the named shapes and their drawings.
export type { Keep, Link } from './link.js';
export type { Loop, Member, Topology } from './topology.js';
export type { Arrow, ArrowPart } from './arrow.js';
export { ARROW_PATTERN, parseArrow, spanOf } from './arrow.js';
export type { LinkOptions, LinkSetting } from './link-options.js';
export { DELAY_DEFAULT_SECONDS, linkOptions, makeLink } from './link-options.js';
export type { Known } from './ends.js';
export { endProblems } from './ends.js';
export { checkTopology, strayAgents, topologyProblems } from './check.js';
export { LOOPS_MAX, findLoops } from './loops.js';
export type { MinimumDelays } from './delays.js';
export { minimumDelays } from './delays.js';
export { breathProblems } from './breath.js';
export type { Shape, Wire } from './shape.js';
export { SHAPES } from './shapes/shapes.js';
export { countWires, expandShape } from './expand.js';
export { listed, meant, suggestion } from './spelling.js';
