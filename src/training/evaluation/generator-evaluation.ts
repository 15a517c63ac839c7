import { logMel80 } from '../../audio/index.js';
import { type Audio, type Matrix, type Mel, seededRandom, UserError } from '../../core/index.js';
import { type Excerpt, peakOf } from './excerpt.js';
import { frechetBetween } from '../../measures/index.js';
import { melCepstrum, stacked } from './mel-cepstrum.js';
import { following, meanSpectrum, shapedNoise } from './shaped-noise.js';
import { type Spread, spreadOf } from './spread.js';

/**
 * How near a generator's mels are to a corpus. All distances are between sets of half the corpus's
 * size, so they may be compared.
 */
export interface GeneratorEvaluation {
  readonly seconds: number;
  readonly clips: number;
  /** Fréchet distances of MFCC distributions in dB², to either half of the corpus, their mean. */
  readonly frechet: {
    readonly generated: number;
    /** White noise with the corpus's mean spectrum, at a steady level. */
    readonly noise: number;
    /** The same noise at the corpus's own loudness, moment by moment: a harder peer. */
    readonly followingNoise: number;
    /** One half of the corpus to the other: nearer nothing need be. */
    readonly corpus: number;
  };
  readonly spread: { readonly generated: Spread; readonly corpus: Spread };
  /** The generated spread between sounds as a share of the corpus's. */
  readonly diversity: number;
}

/** Makes the log10 mel [80, t] of a sound by chance, of at least so many frames. */
export type Generation = (frames: number) => Promise<Mel>;

/** How a generator is compared with a corpus. */
export interface GeneratorOptions {
  readonly sampleRate: number;
  /** Where the noise comes from. */
  readonly seed: number;
  readonly onClip?: (done: number, count: number) => void;
}

const CLIPS_MIN = 4;

/**
 * Generates as many sounds as half of the corpus has clips, of the same lengths, and compares
 * their MFCCs with both halves (alternate clips), each clip brought to full scale as in training
 * (anatomy §3.8). Throws a UserError under four clips.
 */
export async function evaluateGenerator(
  clips: readonly Excerpt[],
  generate: Generation,
  { sampleRate, seed, onClip }: GeneratorOptions,
): Promise<GeneratorEvaluation> {
  if (clips.length < CLIPS_MIN) throw tooFew(clips.length);
  const sounds = clips.map(({ samples }) => fullScale(samples));
  const described = (samples: Float32Array): Matrix => cepstrumOf(samples, sampleRate);
  const corpus = sounds.map(described);
  const halves = [0, 1].map((side) => corpus.filter((_, i) => i % 2 === side));
  const noise = noiseLike(sounds, seed);
  const loud = noise.map((samples, i) => following(samples, sounds[2 * i]!));
  const generated: Matrix[] = [];
  for (const [i, { rows }] of halves[0]!.entries()) {
    generated.push(firstRows(melCepstrum(finite(await generate(rows))), rows));
    onClip?.(i + 1, halves[0]!.length);
  }
  const toCorpus = (set: readonly Matrix[]): number =>
    (distance(set, halves[0]!) + distance(set, halves[1]!)) / 2;
  const spread = { generated: spreadOf(generated), corpus: spreadOf(corpus) };
  return {
    seconds: sounds.reduce((sum, { length }) => sum + length, 0) / sampleRate,
    clips: clips.length,
    frechet: {
      generated: toCorpus(generated),
      noise: toCorpus(noise.map(described)),
      followingNoise: toCorpus(loud.map(described)),
      corpus: distance(halves[0]!, halves[1]!),
    },
    spread,
    diversity: spread.generated.between / spread.corpus.between,
  };
}

/** As much noise as half of the clips, clip by clip. */
function noiseLike(sounds: readonly Float32Array[], seed: number): readonly Float32Array[] {
  const power = meanSpectrum(sounds);
  return sounds
    .filter((_, i) => i % 2 === 0)
    .map(({ length }, i) => shapedNoise(power, length, seededRandom(seed, 'noise', String(i))));
}

function distance(one: readonly Matrix[], other: readonly Matrix[]): number {
  return frechetBetween(stacked(one), stacked(other));
}

function cepstrumOf(samples: Float32Array, sampleRate: number): Matrix {
  const audio: Audio = { sampleRate, channels: [samples] };
  return melCepstrum(logMel80(audio));
}

function fullScale(samples: Float32Array): Float32Array {
  const peak = peakOf(samples);
  return samples.map((x) => x / peak);
}

function finite(mel: Mel): Mel {
  if (mel.data.every(Number.isFinite)) return mel;
  throw new UserError({ what: 'the generator says numbers that are not finite' });
}

function firstRows({ rows, columns, data }: Matrix, count: number): Matrix {
  const kept = Math.min(rows, count);
  return { rows: kept, columns, data: data.subarray(0, kept * columns) };
}

function tooFew(count: number): UserError {
  const what = `the corpus gives ${count} clips, too few to be halved and compared`;
  return new UserError({ what, allowed: `at least ${CLIPS_MIN}`, hint: 'give more recordings' });
}
