import type { NetworkKind } from '../networks/kind.js';
import type { RegistryOptions } from './registry.js';
import type { RunRecord } from './run-record.js';
import type { RunStats } from './run-stats.js';
import { createUntrainedRun } from './untrained-run.js';
import { VIOLIN_MEL, VIOLIN_MFCC } from './violin-statistics.js';

interface NamedRun {
  readonly id: string;
  readonly kind: NetworkKind;
  readonly config: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly with?: readonly NetworkKind[];
  readonly stats?: RunStats;
  readonly audible?: boolean;
}

const POSITIONS = { dim_pos_encoding: 6, window_size: 96, forecast_size: 40 };
const SEEDED = 'made so that the system sounds before anything was trained';
const FROM_VIOLIN = 'statistics measured on the recordings in corpus/violin';
const QUIET =
  "scaled to be audible (weight_g times √3, biases zero): at PyTorch's own start nothing " +
  'of the mel comes through. Noise without likeness; train it, or import a trained one';

const DEFAULTS: readonly NamedRun[] = [
  {
    id: 'una00dim',
    kind: 'una-gan',
    config: { mfd: 64 },
    seed: 1,
    with: ['una-gan-encoder'],
    stats: VIOLIN_MEL,
  },
  { id: 'mel00gru', kind: 'mel-gan-gru', config: { ngf: 8 }, seed: 2, audible: true },
  { id: 'mel00raw', kind: 'mel-gan', config: { ngf: 4 }, seed: 3, audible: true },
  {
    id: 'seq00led',
    kind: 'lstm-encoder-decoder',
    config: { ...POSITIONS, hidden_size: 48, num_layers: 2 },
    seed: 4,
    stats: VIOLIN_MFCC,
  },
  {
    id: 'seq00tra',
    kind: 'transformer',
    config: { ...POSITIONS, num_layers: 2, nhead: 5, dim_feedforward: 64 },
    seed: 5,
    stats: VIOLIN_MFCC,
  },
];

/** The ids of the untrained runs that tests and trials play with. */
export const UNTRAINED_RUN_IDS: readonly string[] = DEFAULTS.map(({ id }) => id);

/** Makes one of the untrained runs again, byte for byte; a RangeError for another id. */
export async function createNamedUntrainedRun(
  id: string,
  options: RegistryOptions = {},
): Promise<RunRecord> {
  const found = DEFAULTS.find((run) => run.id === id);
  if (found === undefined) throw new RangeError(`no default run ${id}`);
  const { kind, config, seed, ...rest } = found;
  const vocoder = kind.startsWith('mel-gan');
  const notes = [SEEDED, ...(vocoder ? [QUIET] : [FROM_VIOLIN])];
  return createUntrainedRun(kind, config, seed, { ...rest, notes, ...options });
}
