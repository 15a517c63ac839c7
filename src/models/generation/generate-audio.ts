import { type Audio, seededRandom, type Tensor, UserError } from '../../core/index.js';
import { denormalise } from '../registry/denormalise.js';
import { binsOf } from '../registry/pair-runs.js';
import type { OpenOptions, RunRecord } from '../registry/run-record.js';
import type { Model } from '../runtime/model.js';
import { drawMerges, mergeChannels } from './channel-merge.js';
import { fitBins } from './fit-bins.js';
import { drawNoise, framesPerColumn, noiseColumns } from './noise-draw.js';
import { torchRandom } from './torch-random.js';

/** What to generate: a una-GAN run, a vocoder run, and how much. */
export interface GenerateOptions extends OpenOptions {
  readonly una: RunRecord;
  readonly mel: RunRecord;
  /** Length of each sound; the next multiple of 16 mel frames comes out, never trimmed. */
  readonly seconds: number;
  /** How many sounds; 5 unless told. */
  readonly count?: number;
  /** As for `torch.manual_seed`; 123 unless told. One stream goes through all sounds. */
  readonly seed?: number;
  /** Above 1: after the single sounds come merges of so many of them, one a channel. */
  readonly channels?: number;
  /** How many merges; 3 unless told. */
  readonly merges?: number;
}

/** A generated sound: its file name without extension, and the samples (0, 1, …) it is made of. */
export interface GeneratedAudio {
  readonly name: string;
  readonly audio: Audio;
  readonly samples: readonly number[];
}

/**
 * Does the work of the original's generation script and of its channel merge (anatomy §3.10,
 * §6.2): noise → mel → sound. Same runs, seed and counts: same sounds. Throws a UserError when a
 * run has not the role asked of it.
 */
export async function* generateAudio(options: GenerateOptions): AsyncGenerator<GeneratedAudio> {
  const { una, mel, count = 5, seed = 123, channels = 1, merges = 3 } = options;
  checkCount(count);
  const header = headerOf(una, mel);
  const chance = seededRandom(seed, 'merge');
  const joined = channels > 1 ? drawMerges(count, channels, merges, chance) : [];
  const kept = new Map<number, Audio>();
  let next = 0;
  for await (const audio of sounds(options, count, seed)) {
    const sample = next++;
    // Only what a merge will need stays in memory.
    if (joined.some((indices) => indices.includes(sample))) kept.set(sample, audio);
    yield { name: `${header}_sample${sample}`, audio, samples: [sample] };
  }
  for (const samples of joined) {
    const audio = mergeChannels(samples.map((sample) => kept.get(sample) as Audio));
    yield { name: `${header}_sample${samples.join('-')}`, audio, samples };
  }
}

async function* sounds(
  { una, mel, seconds, ...open }: GenerateOptions,
  count: number,
  seed: number,
): AsyncGenerator<Audio> {
  const generator = await una.open('generator', open);
  try {
    const vocoder = await mel.open('vocoder', open);
    try {
      const random = torchRandom(seed);
      const scale = framesPerColumn(generator);
      const columns = noiseColumns(seconds, mel.sampleRate, mel.hopLength, scale);
      for (let sample = 0; sample < count; sample++) {
        const { feat } = await generator.run(drawNoise(generator, columns, random));
        yield heardBy(vocoder, una, mel, feat as Tensor);
      }
    } finally {
      await vocoder.close();
    }
  } finally {
    await generator.close();
  }
}

async function heardBy(
  vocoder: Model,
  una: RunRecord,
  mel: RunRecord,
  feat: Tensor,
): Promise<Audio> {
  const said = una.stats === null ? feat : denormalise(feat, una.stats);
  const { audio } = await vocoder.run({ mel: fitBins(said, binsOf(mel)) });
  return { sampleRate: mel.sampleRate, channels: [(audio as Tensor).data] };
}

function headerOf(una: RunRecord, mel: RunRecord): string {
  return mel.kind === 'hifi-gan' ? `una-${una.id}_hifi-${mel.id}` : `mel-${mel.id}_una-${una.id}`;
}

function checkCount(count: number): void {
  if (Number.isSafeInteger(count) && count > 0) return;
  throw new UserError({ what: `${count} sounds`, allowed: 'a whole number above 0' });
}
