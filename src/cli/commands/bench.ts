import { Option } from 'commander';
import type { Command } from 'commander';
import { UserError } from '../../core/index.js';
import type { TrainingSpec } from '../../../bench/training.js';
import type { NetworkParts, Role, RunRecord } from '../../models/index.js';
import { nearest } from '../nearest.js';
import { duration, wholeNumber } from '../option-values.js';
import { columns, complain, say, sayJson } from '../output.js';

/**
 * `demiurge bench [synthesis|descriptors|limiter|bus|match|lineage|training]`: a part, or all,
 * beside its plain peer.
 */
export function declareBench(command: Command): Command {
  declareAll(command);
  declareSynthesis(command);
  declareDescriptors(command);
  declareLimiter(command);
  declareBus(command);
  declareMatch(command);
  declareLineage(command);
  declareTraining(command);
  return command;
}

/** What arrives here as an argument is the name of no command. */
const PARTS = new Map(
  ['synthesis', 'descriptors', 'limiter', 'bus', 'match', 'lineage', 'training'].map((part) => [
    part,
    part,
  ]),
);

function declareAll(bench: Command): void {
  bench
    .command('all', { isDefault: true })
    .summary('all of them, briefly')
    .argument('[part]')
    .option('--json', 'print one JSON document')
    .action(async (part: string | undefined, { json }: { readonly json?: true }) => {
      if (part !== undefined) nearest('part', part, PARTS);
      tell(await everything(), json);
    });
}

async function everything(): Promise<object> {
  const { benchDescriptors } = await import('../../../bench/descriptors.js');
  const { benchBus } = await import('../../../bench/bus.js');
  const { benchMatch } = await import('../../../bench/match.js');
  const pair = { una: 'random', mel: 'random', seed: 123 };
  return {
    descriptors: benchDescriptors({ seconds: 10 }),
    match: await benchMatch({}),
    bus: await benchBus({ bus: 'embedded', messages: 20_000, bytes: 4096 }),
    synthesis: await synthesised({ ...pair, seconds: 4, rounds: 3 }),
  };
}

interface SynthesisFlags {
  readonly una: string;
  readonly mel: string;
  readonly seconds: number;
  readonly seed: number;
  readonly rounds: number;
  readonly threads?: number;
  readonly registry?: string;
  readonly json?: true;
}

function declareSynthesis(bench: Command): void {
  bench
    .command('synthesis')
    .summary('noise to sound, beside graphs with one node per step')
    .option('--una <id>', 'a una-GAN run, or random', 'random')
    .option('--mel <id>', 'a vocoder run, or random', 'random')
    .option('--seconds <time>', 'how much sound a round makes', duration, 4)
    .option('--seed <number>', 'where the choice of runs comes from', wholeNumber(0), 123)
    .option('--rounds <count>', 'timed rounds of each side', wholeNumber(1), 5)
    .option('--threads <count>', 'computing threads', wholeNumber(1))
    .option('--registry <folder>', 'where runs are (default: runs here, then the package’s own)')
    .option('--json', 'print one JSON document')
    .action(async ({ json, ...flags }: SynthesisFlags) => tell(await synthesised(flags), json));
}

async function synthesised(flags: Omit<SynthesisFlags, 'json'>): Promise<object> {
  const { denormalise, fitBins, binsOf, pairRuns } = await import('../../models/index.js');
  const { benchSynthesis } = await import('../../../bench/synthesis.js');
  const { una, mel, mismatches } = await pairRuns(flags);
  for (const mismatch of mismatches) complain(`mismatch: ${mismatch}`);
  const { seconds, rounds, threads } = flags;
  const report = await benchSynthesis({
    una: await partsOf(una, 'generator'),
    mel: await partsOf(mel, 'vocoder'),
    seconds,
    rounds,
    sampleRate: mel.sampleRate,
    ...(threads === undefined ? {} : { threads }),
    between: (feat) =>
      fitBins(una.stats === null ? feat : denormalise(feat, una.stats), binsOf(mel)),
  });
  return { una: una.id, mel: mel.id, ...report };
}

async function partsOf(run: RunRecord, role: Role): Promise<NetworkParts> {
  const { parseConfig } = await import('../../models/index.js');
  const network = run.networks[role];
  if (network === undefined) throw new UserError({ what: `it has no ${role}`, where: run.id });
  const { kind, config } = network;
  return { kind, config: parseConfig(kind, config), weights: await run.weights(role) };
}

interface DescriptorFlags {
  readonly seconds: number;
  readonly json?: true;
}

function declareDescriptors(bench: Command): void {
  bench
    .command('descriptors')
    .summary('MFCC-39 beside Meyda')
    .option('--seconds <time>', 'how much sound to describe', duration, 30)
    .option('--json', 'print one JSON document')
    .action(async ({ seconds, json }: DescriptorFlags) => {
      const { benchDescriptors } = await import('../../../bench/descriptors.js');
      tell(benchDescriptors({ seconds }), json);
    });
}

function declareLimiter(bench: Command): void {
  bench
    .command('limiter')
    .summary('the true-peak limiter beside one of samples')
    .option('--seconds <time>', 'how much sound to limit', duration, 30)
    .option('--json', 'print one JSON document')
    .action(async ({ seconds, json }: DescriptorFlags) => {
      const { benchLimiter } = await import('../../../bench/limiter.js');
      tell(benchLimiter({ seconds }), json);
    });
}

interface BusFlags {
  readonly bus: 'embedded' | 'nats';
  readonly messages: number;
  readonly bytes: number;
  readonly json?: true;
}

function declareBus(bench: Command): void {
  bench
    .command('bus')
    .summary('messages through a bus, beside a raw emitter or the raw NATS client')
    .addOption(new Option('--bus <bus>', 'which').choices(['embedded', 'nats']).default('embedded'))
    .option('--messages <count>', 'how many messages', wholeNumber(1), 20_000)
    .option('--bytes <count>', 'of samples in each', wholeNumber(4), 4096)
    .option('--json', 'print one JSON document')
    .action(async ({ json, ...flags }: BusFlags) => {
      const { benchBus } = await import('../../../bench/bus.js');
      tell({ ...flags, ...(await benchBus(flags)) }, json);
    });
}

interface MatchFlags {
  readonly units: number;
  readonly queries: number;
  readonly json?: true;
}

function declareMatch(bench: Command): void {
  bench
    .command('match')
    .summary('FAISS beside the exact scan')
    .option('--units <count>', 'units in the index', wholeNumber(1), 20_000)
    .option('--queries <count>', 'queries to answer', wholeNumber(1), 40)
    .option('--json', 'print one JSON document')
    .action(async ({ units, queries, json }: MatchFlags) => {
      const { benchMatch } = await import('../../../bench/match.js');
      tell(await benchMatch({ units, queries }), json);
    });
}

interface LineageFlags {
  readonly envelopes: number;
  readonly json?: true;
}

function declareLineage(bench: Command): void {
  bench
    .command('lineage')
    .summary('the index of a made-up run, and the ancestry of its last sound')
    .option('--envelopes <count>', 'how many the run says', wholeNumber(100), 100_000)
    .option('--json', 'print one JSON document')
    .action(async ({ envelopes, json }: LineageFlags) => {
      const { benchLineage } = await import('../../../bench/lineage.js');
      tell(await benchLineage({ envelopes }), json);
    });
}

interface TrainingFlags {
  readonly spec?: TrainingSpec;
  readonly threads: number;
  readonly steps: number;
  readonly cpu: boolean;
  readonly memory: boolean;
  readonly json?: true;
}

// Known before the benchmark is loaded; its type says when one is missing.
const SPECS = Object.keys({
  'mel-gan': true,
  'mel-gan-mels': true,
  'mel-gan-adversary': true,
  'mel-gan-sixteenth': true,
  'una-gan': true,
  lstm: true,
  transformer: true,
} satisfies Record<TrainingSpec, true>);

function declareTraining(bench: Command): void {
  bench
    .command('training')
    .summary('whole training steps of the traced engine')
    .addOption(new Option('--spec <step>', 'one of the steps').choices(SPECS))
    .option('--threads <count>', 'computing threads', wholeNumber(1), 1)
    .option('--steps <count>', 'timed steps of each', wholeNumber(1), 5)
    .option('--cpu', "TensorFlow.js's own CPU backend beside it: minutes for some", false)
    .option('--memory', 'also what the process holds: after 100 steps, at the end', false)
    .option('--json', 'print one JSON document')
    .action(async ({ json, ...flags }: TrainingFlags) => {
      const { benchTraining } = await import('../../../bench/training.js');
      tell(await benchTraining(flags), json);
    });
}

function tell(result: object, json: true | undefined): void {
  if (json === true) sayJson(result);
  else say(columns(rowsOf(result)));
}

function rowsOf(result: object, prefix = ''): readonly (readonly string[])[] {
  return Object.entries(result).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return rowsOf(value, `${prefix}${name}.`);
    return [[prefix + name, shown(value)]];
  });
}

function shown(value: unknown): string {
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : String(value);
}
