import { MEL_HOP } from '../../audio/index.js';
import { UserError } from '../../core/index.js';
import {
  drawVocoderBatch,
  type NetworkKind,
  parseConfig,
  type Training,
} from '../../models/index.js';
import type { MelGanConfig, MelGanDiscriminatorConfig } from '../../models/index.js';
import { stretchesOf, withSegmentMels } from '../corpus/segments.js';
import type { HifiGanSettings } from '../recipes/hifi-gan.js';
import type { MelGanSettings } from '../recipes/mel-gan.js';
import { hifiMelTerm, logMelTerm } from './mel-term.js';
import type { Phase, TrainingPlan } from './plan.js';

/** How mel-GAN is trained: a spectral warm start, then its own adversary (anatomy §4.3). */
export function melGanPlan(
  training: Training,
  kind: NetworkKind,
  settings: MelGanSettings,
): TrainingPlan {
  const config = parseConfig(kind, { ...settings, n_mel_channels: 80 }) as MelGanConfig;
  checkHop('ratios', config.ratios);
  const part = { kind: kind as 'mel-gan' | 'mel-gan-gru', config };
  const { sample_rate: sampleRate } = settings;
  return {
    ...VOCODER,
    kind,
    analysis: { of: 'mel-and-audio', sampleRate },
    least: settings.frames,
    draw: (each, pieces) => {
      const draw = drawVocoderBatch(each.batch, stretchesOf(pieces));
      return settings.segment_mels ? withSegmentMels(draw, sampleRate) : draw;
    },
    phases: phasesOf(training, part, settings),
    sampleRate,
    logBase: '10',
  };
}

const VOCODER = {
  normalises: false,
  draw: (each, pieces) => drawVocoderBatch(each.batch, stretchesOf(pieces)),
  stored: { vocoder: 'generator' },
  hopLength: MEL_HOP,
} satisfies Partial<TrainingPlan>;

type MelGanPart = Parameters<Training['melGanStep']>[0];

function phasesOf(
  { melGanStep, melGanWarmStep }: Training,
  part: MelGanPart,
  settings: MelGanSettings,
): readonly Phase[] {
  const { batch_size: batch, frames, warm_steps: warm, adversary, rate } = settings;
  const sizes = { batch, frames };
  const mel = logMelTerm(settings.sample_rate, melWeight(settings));
  const spectral: Phase = {
    name: 'spectral',
    until: warm,
    rate,
    figure: mel ? 'melDb' : 'loss',
    design: melGanWarmStep(part, sizes, { mel }),
  };
  if (!adversary) return [{ ...spectral, until: Infinity }];
  const critic = parseConfig('mel-gan-discriminator', settings) as MelGanDiscriminatorConfig;
  const weights = { features: settings.lambda_feat, spectral: settings.lambda_stft, mel };
  const adversarial: Phase = {
    name: 'adversarial',
    until: Infinity,
    rate: warm === 0 ? rate : settings.adversarial_rate,
    figure: mel ? 'melDb' : 'matching',
    design: melGanStep(part, critic, sizes, weights),
  };
  return warm === 0 ? [adversarial] : [spectral, adversarial];
}

// A training that began before there was this weight goes on without it.
function melWeight({ lambda_mel: weight = 0 }: { readonly lambda_mel?: number }): number {
  return weight;
}

/** How a HiFi-GAN generator is trained: against the spectral loss, without its adversaries. */
export function hifiGanPlan(
  { melGanWarmStep }: Training,
  kind: NetworkKind,
  settings: HifiGanSettings,
): TrainingPlan {
  const config = parseConfig(kind, { ...settings, num_mels: 80 });
  const ratios = 'upsample_rates' in config ? config.upsample_rates : [];
  checkHop('upsample_rates', ratios);
  const { batch_size: batch, frames, rate, sample_rate: sampleRate } = settings;
  // The step is the same for any vocoder; only the network in it is another.
  const shape = { n_mel_channels: 80, ngf: 1, n_residual_layers: 0, ratios };
  const mel = hifiMelTerm(sampleRate, melWeight(settings));
  const step = melGanWarmStep({ kind: 'mel-gan', config: shape }, { batch, frames }, { mel });
  const adam = { beta1: 0.8, beta2: 0.99, decay: 0.01 };
  const design = { ...step, networks: { generator: { kind, config, adam } } };
  return {
    ...VOCODER,
    kind,
    analysis: { of: 'hifi-mel-and-audio', sampleRate },
    least: frames,
    phases: [{ name: 'spectral', until: Infinity, rate, figure: mel ? 'melDb' : 'loss', design }],
    sampleRate,
    logBase: 'e',
  };
}

function checkHop(name: string, factors: readonly number[]): void {
  const product = factors.reduce((all, factor) => all * factor, 1);
  if (product === MEL_HOP) return;
  const what = `${name} multiply to ${product}`;
  throw new UserError({ what, where: '--set', allowed: `${MEL_HOP}, the samples of a mel frame` });
}
