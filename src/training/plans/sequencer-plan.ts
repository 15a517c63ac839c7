import { MFCC39_NAMES } from '../../audio/index.js';
import { UserError } from '../../core/index.js';
import { drawWindows, type NetworkKind, parseConfig, type Training } from '../../models/index.js';
import type { SequencerConfig } from '../../models/index.js';
import { stretchesOf } from '../corpus/segments.js';
import type { SequencerSettings } from '../recipes/sequencer.js';
import type { TrainingPlan } from './plan.js';

/** How each of the four sequencers is trained: mean squared error on MFCC-39 (anatomy §8–9). */
export function sequencerPlan(
  { sequencerStep }: Training,
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
  const stepwise = kind === 'lstm' || kind === 'transformer-encoder-only';
  // What answers every frame learns the next of each; the others learn the forecast as a whole.
  const frames = stepwise ? window - forecast + 1 : window;
  const part = { kind, config } as Parameters<Training['sequencerStep']>[0];
  const { batch_size: batch, sample_rate: sampleRate, hop_length: hopLength, rate } = settings;
  const design = sequencerStep(part, { batch, frames });
  return {
    kind,
    analysis: { of: 'mfcc39', sampleRate, hopLength, outliers: settings.outliers },
    least: frames,
    phases: [{ name: 'forecast', until: Infinity, rate, figure: 'loss', design }],
    normalises: true,
    draw: (each, pieces, stats) =>
      drawWindows(each.batch, stretchesOf(pieces, stats), settings.draw),
    stored: { sequencer: 'sequencer' },
    sampleRate,
    hopLength,
    logBase: '10',
  };
}
