import type { AnyAgentKind } from './kind.js';
import { corpus } from './kinds/corpus.js';
import { descriptor } from './kinds/descriptor.js';
import { guard } from './kinds/guard.js';
import { mixer } from './kinds/mixer.js';
import { recorder } from './kinds/recorder.js';
import { violinist } from './kinds/violinist.js';

const KINDS: readonly AnyAgentKind[] = [descriptor, violinist, corpus, mixer, guard, recorder];

/** The built-in kinds by name, in the order of the design. */
export const BUILT_IN_KINDS: ReadonlyMap<string, AnyAgentKind> = new Map(
  KINDS.map((kind) => [kind.kind, kind]),
);
