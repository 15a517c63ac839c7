import { UserError } from '../../core/index.js';
import { readRecordings, recordingPaths, type SkippedFile } from '../corpus/recordings.js';

/** A stretch of a recording: mono samples and where they are from. */
export interface Excerpt {
  readonly file: string;
  readonly startSeconds: number;
  readonly samples: Float32Array;
}

/** What of a corpus is listened to. */
export interface ExcerptOptions {
  readonly sampleRate: number;
  /** Length of an excerpt; the last of a recording may be shorter, down to `secondsMin`. */
  readonly excerptSeconds: number;
  readonly secondsMin: number;
  /** Of all excerpts together. */
  readonly secondsMax: number;
}

/** The excerpts of a corpus, those that are silent left out, and what could not be read. */
export interface Material {
  readonly excerpts: readonly Excerpt[];
  /** Excerpts under −80 dBFS, which have no spectrum to be near to. */
  readonly silent: number;
  readonly skipped: readonly SkippedFile[];
}

const SILENCE = 1e-4;

/**
 * Cuts excerpts from recordings, spread evenly over files and within each. Same corpus, same
 * excerpts. A UserError when nothing sounds.
 */
export async function loadMaterial(corpus: string, options: ExcerptOptions): Promise<Material> {
  const { sampleRate, excerptSeconds, secondsMax } = options;
  const count = Math.max(1, Math.floor(secondsMax / excerptSeconds));
  const files = spread(await recordingPaths(corpus), count);
  const skipped: SkippedFile[] = [];
  const excerpts: Excerpt[] = [];
  let [silent, left] = [0, files.length];
  for await (const { file, samples } of readRecordings(files, sampleRate, skipped)) {
    const share = Math.ceil((count - excerpts.length) / Math.max(1, left--));
    const all = excerptsOf(file, samples, options);
    const sounding = all.filter((excerpt) => peakOf(excerpt.samples) >= SILENCE);
    silent += all.length - sounding.length;
    excerpts.push(...spread(sounding, share).map(copied));
  }
  if (excerpts.length > 0) return { excerpts, silent, skipped };
  const what = `nothing sounds for ${options.secondsMin} s or longer`;
  const hint = skipped[0] === undefined ? 'give longer recordings' : skipped[0].reason;
  throw new UserError({ what, where: corpus, hint });
}

function excerptsOf(file: string, samples: Float32Array, options: ExcerptOptions): Excerpt[] {
  const { sampleRate, excerptSeconds, secondsMin } = options;
  const length = Math.round(excerptSeconds * sampleRate);
  return Array.from({ length: Math.ceil(samples.length / length) }, (_, i) => ({
    file,
    startSeconds: (i * length) / sampleRate,
    samples: samples.subarray(i * length, (i + 1) * length),
  })).filter((excerpt) => excerpt.samples.length >= secondsMin * sampleRate);
}

/** At most so many of the items, evenly spaced. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from(
    { length: count },
    (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)] as T,
  );
}

/** An excerpt of its own, so that its recording need not stay in memory. */
function copied(excerpt: Excerpt): Excerpt {
  return { ...excerpt, samples: excerpt.samples.slice() };
}

/** The greatest absolute sample. */
export function peakOf(samples: Float32Array): number {
  return samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
}
