import { seededRandom } from '../../core/index.js';
import { parseConfig } from '../networks/config.js';
import { initialWeights } from '../networks/initial.js';
import type { NetworkKind } from '../networks/kind.js';
import { audibleWeights } from './audible.js';
import { roleOf } from './run-kind.js';
import type { RunRecord } from './run-record.js';
import type { RunStats } from './run-stats.js';
import { type DraftNetwork, saveRun, type SaveOptions } from './save-run.js';

/** What an untrained run is made of besides its kind, config and seed. */
export interface UntrainedOptions extends SaveOptions {
  /** Networks beside the main one, such as una-GAN's cycle encoder. */
  readonly with?: readonly NetworkKind[];
  /** Scales a vocoder so that it is heard before it is trained; training wants it without. */
  readonly audible?: boolean;
  /** What to de-normalise with; without it values stay normalised. */
  readonly stats?: RunStats;
  readonly notes?: readonly string[];
}

/**
 * Makes a run as training would start it: PyTorch's initialisation from a seed, `trained: false`.
 * The same arguments store the same bytes again. Throws a UserError on an unusable config.
 */
export async function createUntrainedRun(
  kind: NetworkKind,
  config: Readonly<Record<string, unknown>>,
  seed: number,
  options: UntrainedOptions = {},
): Promise<RunRecord> {
  const { with: beside = [], stats = null, notes = [], audible = false, ...where } = options;
  const networks = [kind, ...beside].map((each) => start(each, config, seed, audible));
  return saveRun(
    {
      trained: false,
      origin: { made: 'untrained', seed, sources: [] },
      networks: Object.fromEntries(networks.map((network) => [roleOf(network.kind), network])),
      stats,
      sampleRate: 44_100,
      hopLength: roleOf(kind) === 'sequencer' ? 1024 : 256,
      logBase: kind === 'hifi-gan' ? 'e' : '10',
      settings: { ...config },
      notes: [...notes],
    },
    where,
  );
}

function start(
  kind: NetworkKind,
  raw: Readonly<Record<string, unknown>>,
  seed: number,
  audible: boolean,
): DraftNetwork {
  const config = parseConfig(kind, raw);
  const weights = initialWeights(kind, config, seededRandom(seed, kind));
  return { kind, config, weights: audible ? audibleWeights(weights) : weights };
}
