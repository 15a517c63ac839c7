import { availableParallelism } from 'node:os';
import { seededRandom } from '../src/core/index.js';
import type { Tensor } from '../src/core/index.js';
import { openModel } from '../src/models/index.js';
import type { Model, NetworkParts, Style } from '../src/models/index.js';

/** Which networks synthesise, how much and how often. */
export interface SynthesisBench {
  /** A una-GAN generator of either class. */
  readonly una: NetworkParts;
  /** A vocoder that hears as many mel bins as the generator says. */
  readonly mel: NetworkParts;
  readonly seconds: number;
  /** From normalised features to the vocoder's mel; as they are unless told. */
  readonly between?: (feat: Tensor) => Tensor;
  /** Timed rounds of each side, 5 unless told; one more warms up. */
  readonly rounds?: number;
  /** Computing threads of each model: the processors there are, unless told. */
  readonly threads?: number;
  readonly sampleRate?: number;
}

/** Medians of one side of the comparison. */
export interface SynthesisTimes {
  readonly computeSeconds: number;
  readonly unaSeconds: number;
  readonly melSeconds: number;
  /** Seconds of audio per second of computing. */
  readonly xRealtime: number;
}

/** What was measured; `ratio` is the peer's computing time over ours. */
export interface SynthesisReport extends SynthesisTimes {
  /** Seconds of audio that one round made: the length asked for, rounded up to whole columns. */
  readonly seconds: number;
  readonly threads: number;
  readonly rounds: number;
  readonly peer: SynthesisTimes & { readonly name: string };
  readonly ratio: number;
}

interface Round {
  readonly una: number;
  readonly mel: number;
  readonly samples: number;
}

/**
 * Times noise to audio on our graphs and, in turns with them, on plain ones with one ONNX node per
 * step of the original. Throws a UserError when the networks do not fit together.
 */
export async function benchSynthesis(bench: SynthesisBench): Promise<SynthesisReport> {
  const { rounds = 5, threads = availableParallelism(), sampleRate = 44_100 } = bench;
  const sides = [await openPair(bench, threads, 'fast'), await openPair(bench, threads, 'plain')];
  const taken: Round[][] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    for (const [i, side] of sides.entries()) {
      const times = await synthesise(side, noiseFor(bench, round), bench.between);
      if (round > 0) taken[i]!.push(times);
    }
  }
  for (const { una, mel } of sides) await Promise.all([una.close(), mel.close()]);
  const seconds = taken[0]![0]!.samples / sampleRate;
  const [ours, peer] = taken.map((all) => summary(all, seconds)) as [
    SynthesisTimes,
    SynthesisTimes,
  ];
  const ratio = peer.computeSeconds / ours.computeSeconds;
  return { seconds, ...ours, threads, rounds, peer: { name: 'plain ONNX graphs', ...peer }, ratio };
}

interface Pair {
  readonly una: Model;
  readonly mel: Model;
}

async function openPair(bench: SynthesisBench, threads: number, style: Style): Promise<Pair> {
  const una = await openModel({ ...bench.una, threads, style });
  return { una, mel: await openModel({ ...bench.mel, threads, style }) };
}

async function synthesise(
  { una, mel }: Pair,
  feeds: Readonly<Record<string, Tensor>>,
  between = (feat: Tensor): Tensor => feat,
): Promise<Round> {
  const start = performance.now();
  const { feat } = await una.run(feeds);
  const middle = performance.now();
  const { audio } = await mel.run({ mel: between(feat as Tensor) });
  const end = performance.now();
  const samples = (audio as Tensor).data.length;
  return { una: (middle - start) / 1000, mel: (end - middle) / 1000, samples };
}

function noiseFor(bench: SynthesisBench, round: number): Readonly<Record<string, Tensor>> {
  const { kind, config } = bench.una;
  const hop = 256;
  const hierarchical = kind === 'una-gan' && 'z_scale_factors' in config;
  const factors = hierarchical ? config.z_scale_factors : [];
  const noise = 'z_dim' in config ? config.z_dim : 1;
  const frames = Math.ceil((bench.seconds * (bench.sampleRate ?? 44_100)) / hop);
  const columns = Math.ceil(frames / factors.reduce((scale, factor) => scale * factor, 1));
  const random = seededRandom(round, 'bench');
  const data = Float32Array.from({ length: noise * columns }, () => random.normal());
  return { z: { shape: [1, noise, columns], data } };
}

function summary(rounds: readonly Round[], seconds: number): SynthesisTimes {
  const unaSeconds = median(rounds.map(({ una }) => una));
  const melSeconds = median(rounds.map(({ mel }) => mel));
  const computeSeconds = median(rounds.map(({ una, mel }) => una + mel));
  return { computeSeconds, unaSeconds, melSeconds, xRealtime: seconds / computeSeconds };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
