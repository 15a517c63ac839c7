import type { NetworkKind, Training } from '../../models/index.js';
import type { Settings } from '../recipes/settings.js';
import type { TrainingPlan } from './plan.js';
import { sequencerPlan } from './sequencer-plan.js';
import { unaGanPlan } from './una-gan-plan.js';
import { hifiGanPlan, melGanPlan } from './vocoder-plan.js';

/** The plan of these settings. Throws a UserError where they do not fit together. */
export function planFor(training: Training, kind: NetworkKind, settings: Settings): TrainingPlan {
  switch (settings.family) {
    case 'una-gan':
      return unaGanPlan(training, kind, settings);
    case 'mel-gan':
      return melGanPlan(training, kind, settings);
    case 'hifi-gan':
      return hifiGanPlan(training, kind, settings);
    case 'sequencer':
      return sequencerPlan(training, kind, settings);
  }
}
