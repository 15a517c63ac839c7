import type { AnyAgentKind } from './kind.js';

const KINDS: readonly AnyAgentKind[] = [];

/** The built-in kinds by name, in the order of the design. */
export const BUILT_IN_KINDS: ReadonlyMap<string, AnyAgentKind> = new Map(
  KINDS.map((kind) => [kind.kind, kind]),
);
