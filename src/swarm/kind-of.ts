import { type AnyAgentKind, BUILT_IN_KINDS } from '../agents/index.js';
import { UserError } from '../core/index.js';
import { importKind } from '../scenarios/index.js';
import type { Part } from './performer.js';

/** The kind a part names: a built-in one, or the user's own file. */
export async function kindOf(part: Part): Promise<AnyAgentKind> {
  if (part.kindFile !== undefined) return importKind(part.kindFile);
  const kind = BUILT_IN_KINDS.get(part.kind);
  if (kind === undefined) throw new UserError({ what: `there is no kind "${part.kind}"` });
  return kind;
}
