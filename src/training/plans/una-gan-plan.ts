import { UserError } from '../../core/index.js';
import { drawMelBatch, type NetworkKind, parseConfig, type Training } from '../../models/index.js';
import type { UnaGanConfig } from '../../models/index.js';
import { stretchesOf } from '../corpus/segments.js';
import type { UnaGanSettings } from '../recipes/una-gan.js';
import type { TrainingPlan } from './plan.js';

/** How una-GAN is trained: BEGAN, with the cycle encoder unless it is left out (anatomy §3.7). */
export function unaGanPlan(
  { unaGanStep }: Training,
  kind: NetworkKind,
  settings: UnaGanSettings,
): TrainingPlan {
  const config = parseConfig(kind, { ...settings, feat_dim: 80 }) as UnaGanConfig;
  const { batch_size: batch, frames, sample_rate: sampleRate, rate } = settings;
  const cycle = settings.cycle && kind === 'una-gan';
  checkFrames(frames, kind === 'una-gan' ? config.z_scale_factors : []);
  const part = { kind: kind as 'una-gan' | 'una-gan-flat', config, cycle };
  const design = unaGanStep(part, { batch, frames });
  return {
    kind,
    analysis: { of: 'clip-mels', sampleRate, clipSeconds: settings.clip_seconds },
    least: frames,
    ...(settings.clips === 'commonest' ? { pieces: 'commonest' } : {}),
    phases: [{ name: 'began', until: Infinity, rate, figure: 'convergence', design }],
    normalises: true,
    draw: (each, pieces, stats) => drawMelBatch(each.batch, stretchesOf(pieces, stats)),
    stored: { generator: 'generator', ...(cycle ? { encoder: 'encoder' } : {}) },
    sampleRate,
    hopLength: 256,
    logBase: '10',
  };
}

function checkFrames(frames: number, factors: readonly number[]): void {
  const scale = factors.reduce((product, factor) => product * factor, 1);
  if (frames % scale === 0) return;
  const allowed = `a multiple of ${scale}`;
  throw new UserError({ what: `frames is ${frames}`, where: '--set', allowed });
}
