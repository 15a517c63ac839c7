import { type AnyAgentKind, BUILT_IN_KINDS } from '../agents/index.js';
import { UserError } from '../core/index.js';
import type { Part } from './performer.js';

/** The kind a part names: a built-in one, or the user's own file. */
export async function kindOf(part: Part): Promise<AnyAgentKind> {
  if (part.kindFile !== undefined) {
    // Every agent process pays for what is loaded here, and few play a kind of the user's own.
    const { importKind } = await import('../scenarios/index.js');
    return importKind(part.kindFile);
  }
  const kind = BUILT_IN_KINDS.get(part.kind);
  if (kind === undefined) throw new UserError({ what: `there is no kind "${part.kind}"` });
  return kind;
}
