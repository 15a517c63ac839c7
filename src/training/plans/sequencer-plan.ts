import { MFCC39_NAMES } from '../../audio/index.js';
import { UserError } from '../../core/index.js';
import { type NetworkKind, parseConfig, type Training } from '../../models/index.js';
import type { SequencerConfig } from '../../models/index.js';
import { type Draw, drawWindows } from '../corpus/segments.js';
import type { SequencerSettings } from '../recipes/sequencer.js';
import type { StepDesign, TrainingPlan } from './plan.js';

type Disturbance = Parameters<Training['drawDisturbances']>[1];

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
  const rollout = rolloutOf(settings);
  // What answers every frame goes on by itself; the others learn the forecast as a whole.
  const frames = stepwise ? window - forecast + rollout : window;
  const learning = { ...disturbanceOf(settings), rollout };
  const part = { kind, config } as Parameters<Training['sequencerStep']>[0];
  const { batch_size: batch, sample_rate: sampleRate, hop_length: hopLength, rate } = settings;
  const design = training.sequencerStep(part, { batch, frames }, learning);
  // A version is chosen by what it is played for.
  const figure = stepwise && rollout > 1 ? 'continuation' : 'loss';
  return {
    kind,
    analysis: { of: 'mfcc39', sampleRate, hopLength, outliers: settings.outliers },
    least: frames,
    phases: [{ name: 'forecast', until: Infinity, rate, figure, design }],
    normalises: true,
    draw: (each, pieces, stats, purpose) => {
      const windows = drawWindows(each.batch, pieces, stats, settings.draw);
      return disturbedDraw(training, each, settings, purpose, windows);
    },
    stored: { sequencer: 'sequencer' },
    sampleRate,
    hopLength,
    logBase: '10',
  };
}

function disturbanceOf({ dropout, timestep_dropout, input_noise }: SequencerSettings): Disturbance {
  return { dropout, timestepDropout: timestep_dropout, inputNoise: input_noise };
}

// Windows come first from a step's stream of chance: they are the same however they are disturbed.
function disturbedDraw(
  { drawDisturbances, noDisturbances }: Training,
  { batch }: StepDesign,
  settings: SequencerSettings,
  purpose: 'learn' | 'judge',
  windows: Draw,
): Draw {
  if (purpose === 'judge') {
    const still = noDisturbances(batch);
    return (random) => ({ ...windows(random), ...still });
  }
  const rates = disturbanceOf(settings);
  return (random) => ({ ...windows(random), ...drawDisturbances(batch, rates, random) });
}

// A training that began before there were rollouts goes on without.
function rolloutOf({ rollout = 1 }: { readonly rollout?: number }): number {
  return rollout;
}
