import { seededRandom, type Random } from '../../core/index.js';
import { chooseRun } from './draw-run.js';
import type { RegistryOptions } from './registry.js';
import type { RunRecord } from './run-record.js';

/**
 * Which una-GAN and which vocoder to pair: run ids, or `random` (the default) for one drawn by
 * chance.
 */
export interface PairOptions extends RegistryOptions {
  readonly una?: string;
  readonly mel?: string;
  /** A seed, or a stream to draw from; 123 unless told, as in the original. */
  readonly seed?: number | Random;
}

/**
 * A una-GAN and a vocoder. Nothing forbids that they do not fit; what does not is told in
 * `mismatches`.
 */
export interface RunPair {
  readonly una: RunRecord;
  readonly mel: RunRecord;
  readonly mismatches: readonly string[];
}

/** Pairs runs, as the random-generation mode of the original does (anatomy §6.2). */
export async function pairRuns(options: PairOptions = {}): Promise<RunPair> {
  const { una = 'random', mel = 'random', seed = 123 } = options;
  const random = typeof seed === 'number' ? seededRandom(seed, 'pair') : seed;
  const generator = await chooseRun(una, 'una-gan', random.split('una'), options);
  const vocoder = await chooseRun(mel, 'vocoder', random.split('mel'), options);
  return { una: generator, mel: vocoder, mismatches: mismatchesOf(generator, vocoder) };
}

/**
 * In what a una-GAN run and a vocoder run do not fit each other: widths, rates, hops, logarithms,
 * statistics.
 */
export function mismatchesOf(una: RunRecord, mel: RunRecord): readonly string[] {
  const [bins, heard] = [binsOf(una), binsOf(mel)];
  const differ = (what: string, one: number, other: number): string[] =>
    one === other ? [] : [`${what}: ${one} said, ${other} heard`];
  return [
    ...differ('mel bins', bins, heard),
    ...differ('sample rate', una.sampleRate, mel.sampleRate),
    ...differ('hop', una.hopLength, mel.hopLength),
    ...(una.logBase === mel.logBase
      ? []
      : [`logarithm: base ${una.logBase} said, base ${mel.logBase} heard, not converted`]),
    ...(una.stats === null ? ['statistics: none, the mel stays normalised'] : []),
  ];
}

/** The mel bins that a una-GAN run says or a vocoder run hears. */
export function binsOf({ networks }: RunRecord): number {
  const { config = {} } = networks.generator ?? networks.vocoder ?? networks.encoder ?? {};
  return Number(config.feat_dim ?? config.n_mel_channels ?? config.num_mels ?? 80);
}
