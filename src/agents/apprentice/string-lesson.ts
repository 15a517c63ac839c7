import { type Ancestor, type Descriptors, UserError } from '../../core/index.js';
import {
  type RunRecord,
  type SequencerConfig,
  type Training,
  drawWindows,
  parseConfig,
} from '../../models/index.js';
import { regridded } from '../sampling/query.js';
import { columnsNamed, featuresOf } from '../sequencing/features.js';
import { History } from '../sequencing/history.js';
import { normalised, ownStats } from '../sequencing/window.js';
import type { Lesson } from './lesson.js';

type SequencerPart = Parameters<Training['sequencerStep']>[0];

/** How much is remembered and how much of it is learned at once. */
export interface LessonSize {
  readonly memorySeconds: number;
  readonly batch: number;
}

/**
 * What a sequencer learns: to continue the strings of descriptors that were heard, on the grid and
 * in the columns of its run. A UserError when the memory is shorter than its window.
 */
export function stringLesson(run: RunRecord, { memorySeconds, batch }: LessonSize): Lesson {
  const config = parseConfig(run.kind, run.networks.sequencer?.config ?? {}) as SequencerConfig;
  const columns = config.descriptor_size;
  const frames = framesOf(run, config);
  const rowsMax = Math.floor((memorySeconds * run.sampleRate) / run.hopLength);
  if (rowsMax < frames) throw tooShort(memorySeconds, (frames * run.hopLength) / run.sampleRate);
  const history = new History(rowsMax);
  return {
    port: 'descriptors',
    role: 'sequencer',
    part: 'sequencer',
    hear: async (from, signal) => {
      const heard = signal as Descriptors;
      if (heard.rows === 0) return undefined;
      const ready = columnsNamed(heard, featuresOf(columns, heard));
      return history.hear(from, regridded(ready, run.hopLength, run.sampleRate));
    },
    get ready() {
      return history.frames(columns).rows >= frames;
    },
    design: ({ sequencerStep }) =>
      sequencerStep({ kind: run.kind, config } as SequencerPart, { batch, frames }),
    draw: ({ batch: shapes }) => {
      const heard = history.frames(columns);
      const { rows, data } = normalised(heard, run.stats ?? ownStats(heard));
      const framesAt = (at: number, count: number): Float32Array =>
        data.subarray(at * columns, (at + count) * columns);
      return drawWindows(shapes, [{ frames: rows, framesAt }], 'pieces');
    },
    sources: (count): readonly Ancestor[] => history.sources(count),
  };
}

/** What answers every frame learns the next of each; the others learn the forecast as a whole. */
function framesOf({ kind }: RunRecord, config: SequencerConfig): number {
  const stepwise = kind === 'lstm' || kind === 'transformer-encoder-only';
  const { window_size: window, forecast_size: forecast } = config;
  return stepwise ? window - forecast + 1 : window;
}

/** The error of a memory that can never hold one example. */
export function tooShort(seconds: number, least: number): UserError {
  return new UserError({
    what: `a memory of ${seconds} s holds nothing long enough to learn from`,
    allowed: `at least ${least.toFixed(1)} s for this model`,
    hint: `memory: ${Math.ceil(2 * least)}s`,
  });
}
