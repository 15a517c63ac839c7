import type { AnyAgentKind } from './kind.js';
import { apprentice } from './kinds/apprentice.js';
import { corpus } from './kinds/corpus.js';
import { descriptor } from './kinds/descriptor.js';
import { generator } from './kinds/generator.js';
import { guard } from './kinds/guard.js';
import { homeostat } from './kinds/homeostat.js';
import { mixer } from './kinds/mixer.js';
import { recorder } from './kinds/recorder.js';
import { sampler } from './kinds/sampler.js';
import { sequencer } from './kinds/sequencer.js';
import { violinist } from './kinds/violinist.js';
import { vocoder } from './kinds/vocoder.js';

const KINDS: readonly AnyAgentKind[] = [
  generator,
  vocoder,
  descriptor,
  sequencer,
  sampler,
  violinist,
  corpus,
  mixer,
  guard,
  recorder,
  apprentice,
  homeostat,
];

/** The built-in kinds by name, in the order of the design. */
export const BUILT_IN_KINDS: ReadonlyMap<string, AnyAgentKind> = new Map(
  KINDS.map((kind) => [kind.kind, kind]),
);
