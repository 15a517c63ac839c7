import { MFCC39_NAMES } from '../../audio/index.js';
import { UserError } from '../../core/index.js';
import { drawWindows, type NetworkKind, parseConfig, type Training } from '../../models/index.js';
import type { SequencerConfig } from '../../models/index.js';
import { stretchesOf } from '../corpus/segments.js';
import type { SequencerSettings } from '../recipes/sequencer.js';
import { disturbedDraw, learningOf } from './disturbed-draw.js';
import type { TrainingPlan } from './plan.js';

/** How each of the four sequencers is trained: mean squared error on MFCC-39 (anatomy §8–9). */
export function sequencerPlan(
  training: Training,
  kind: NetworkKind,
  settings: SequencerSettings,
): TrainingPlan {
  // Every sequencer's config has these two, and a kind of its own for the rest.
  const config = parseConfig(kind, {
    ...settings,
    descriptor_size: MFCC39_NAMES.length,
  }) as SequencerConfig;
  const { window_size: window, forecast_size: forecast } = config;
  if (forecast >= window) {
    const allowed = `less than window_size, ${window}`;
    throw new UserError({ what: `forecast_size is ${forecast}`, where: '--set', allowed });
  }
  const stepwise = training.answersEveryFrame(kind);
  const learning = learningOf(settings);
  // What answers every frame goes on by itself; the others learn the forecast as a whole.
  const frames = stepwise ? window - forecast + learning.rollout : window;
  const part = { kind, config } as Parameters<Training['sequencerStep']>[0];
  const { batch_size: batch, sample_rate: sampleRate, hop_length: hopLength, rate } = settings;
  const design = training.sequencerStep(part, { batch, frames }, learning);
  // A version is chosen by what it is played for.
  const figure = stepwise && learning.rollout > 1 ? 'continuation' : 'loss';
  return {
    kind,
    analysis: { of: 'mfcc39', sampleRate, hopLength, outliers: settings.outliers },
    least: frames,
    phases: [{ name: 'forecast', until: Infinity, rate, figure, design }],
    normalises: true,
    draw: (each, pieces, stats, purpose) => {
      const windows = drawWindows(each.batch, stretchesOf(pieces, stats), settings.draw);
      return disturbedDraw(training, each, learning, purpose, windows);
    },
    stored: { sequencer: 'sequencer' },
    sampleRate,
    hopLength,
    logBase: '10',
  };
}
