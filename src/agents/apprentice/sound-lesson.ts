import {
  MEL_BANDS,
  MEL_HOP,
  logMel80,
  logMelScale,
  monoOf,
  resample,
  scrub,
} from '../../audio/index.js';
import { type Ancestor, type Audio, UserError } from '../../core/index.js';
import {
  type MelGanConfig,
  type RunRecord,
  type Stretch,
  type Training,
  drawVocoderBatch,
  parseConfig,
  turnInto,
} from '../../models/index.js';
import type { Lesson } from './lesson.js';
import { type LessonSize, tooShort } from './string-lesson.js';

type MelGanPart = Parameters<Training['melGanWarmStep']>[0];

/** Mel frames of one example, 256 samples each, as in the training recipes. */
const FRAMES = 32;

/** Of a decibel's distance beside the spectral loss, as in the recipes: 10 for one of log10. */
const MEL_WEIGHT = 10 / 20;

interface Remembered {
  readonly from: Ancestor;
  readonly clip: Stretch;
}

/**
 * What a mel-GAN learns: to say the sounds that were heard from their mels, by the spectral loss
 * and the distance of mels, which need no discriminator. A UserError for a run with other mels
 * than una-GAN's.
 */
export function soundLesson(run: RunRecord, { memorySeconds, batch }: LessonSize): Lesson {
  const config = parseConfig(run.kind, run.networks.vocoder?.config ?? {}) as MelGanConfig;
  checkMels(run, config);
  const framesMax = Math.floor((memorySeconds * run.sampleRate) / MEL_HOP);
  if (framesMax < FRAMES) throw tooShort(memorySeconds, (FRAMES * MEL_HOP) / run.sampleRate);
  let memory: readonly Remembered[] = [];
  return {
    port: 'audio',
    role: 'vocoder',
    part: 'generator',
    hear: async (from, signal) => {
      const heard = await heardAt(signal as Audio, run.sampleRate, framesMax);
      if (heard.samples.length < FRAMES * MEL_HOP) return undefined;
      memory = within(framesMax, [...memory, { from, clip: clipOf(heard.samples, run) }]);
      return heard.scrubbed;
    },
    get ready() {
      return memory.length > 0;
    },
    design: ({ melGanWarmStep }) => {
      const mel = { weight: MEL_WEIGHT, ...logMelScale(run.sampleRate) };
      const part = { kind: run.kind, config } as MelGanPart;
      return melGanWarmStep(part, { batch, frames: FRAMES }, { mel });
    },
    draw: ({ batch: shapes }) => {
      const clips = memory.map(({ clip }) => clip);
      return drawVocoderBatch(shapes, clips);
    },
    sources: (count) =>
      memory
        .slice(-count)
        .reverse()
        .map(({ from: { id, lap } }) => ({ id, lap })),
  };
}

function checkMels({ id, logBase, sampleRate }: RunRecord, config: MelGanConfig): void {
  const hop = config.ratios.reduce((product, ratio) => product * ratio, 1);
  if (hop === MEL_HOP && config.n_mel_channels === MEL_BANDS && logBase === '10') return;
  throw new UserError({
    what: `it hears ${config.n_mel_channels} bands, ${hop} samples apart, at ${sampleRate} Hz`,
    where: `run ${id}`,
    allowed: `a vocoder of log10 mels with ${MEL_BANDS} bands, ${MEL_HOP} samples apart`,
  });
}

interface HeardSound {
  readonly samples: Float32Array;
  readonly scrubbed: number;
}

/** The end of a sound, mono, at a rate, in whole frames. */
async function heardAt(audio: Audio, rate: number, framesMax: number): Promise<HeardSound> {
  const { samples: clean, count: scrubbed } = scrub(monoOf(audio));
  const { channels } = await resample({ ...audio, channels: [clean] }, rate);
  const all = channels[0] ?? new Float32Array();
  const length = Math.min(framesMax, Math.floor(all.length / MEL_HOP)) * MEL_HOP;
  return { samples: all.slice(all.length - length), scrubbed };
}

function clipOf(samples: Float32Array, { sampleRate }: RunRecord): Stretch {
  const { rows, columns, data } = logMel80({ sampleRate, channels: [samples] });
  const frames = new Float32Array(data.length);
  turnInto(frames, data, columns);
  return {
    frames: columns,
    framesAt: (at, count) => frames.subarray(at * rows, (at + count) * rows),
    samplesAt: (at, count, hop) => samples.subarray(at * hop, (at + count) * hop),
  };
}

/** The latest that are no longer than so many frames together. */
function within(framesMax: number, memory: readonly Remembered[]): readonly Remembered[] {
  let frames = 0;
  const from = memory.findLastIndex(({ clip }) => {
    frames += clip.frames;
    return frames > framesMax;
  });
  return memory.slice(from + 1);
}
