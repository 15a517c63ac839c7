// Links, loops, their checks, the named shapes and their drawings.
export type { Keep, Link } from './link.js';
export type { Loop, Member, Topology } from './topology.js';
