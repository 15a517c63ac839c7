import { z } from 'zod';
import { UserError } from '../../core/index.js';
import type { NetworkKind } from './kind.js';

// Runs written by the original keep every value as text, so numbers may arrive as such.
const whole = (fallback: number, least = 1): z.ZodType<number> =>
  z.preprocess(
    (raw) => (typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw),
    z.number().int().min(least).max(65_536).default(fallback),
  );

const wholes = (fallback: readonly number[], least = 1): z.ZodType<readonly number[]> =>
  z
    .array(whole(1, least))
    .min(1)
    .max(32)
    .default([...fallback]);

const unaGan = z.object({
  feat_dim: whole(80),
  z_dim: whole(20),
  z_scale_factors: wholes([2, 2, 2, 2]),
  mfd: whole(512),
  num_groups: whole(4),
});

const melGan = z.object({
  n_mel_channels: whole(80),
  ngf: whole(32),
  n_residual_layers: whole(3, 0),
  ratios: wholes([8, 8, 2, 2], 2),
});

const melGanDiscriminator = z.object({
  num_D: whole(3),
  ndf: whole(16, 4),
  n_layers_D: whole(4),
  downsampling_D: whole(4, 2),
});

/** Some settings files write 1 where others write '1'. */
const asText = (written: '1' | '2' | 1 | 2): '1' | '2' =>
  written === 1 || written === '1' ? '1' : '2';

const hifiGan = z.object({
  num_mels: whole(80),
  resblock: z
    .union([z.enum(['1', '2']), z.literal([1, 2])])
    .default('1')
    .transform(asText),
  upsample_initial_channel: whole(512),
  upsample_rates: wholes([8, 8, 2, 2], 2),
  upsample_kernel_sizes: wholes([16, 16, 4, 4], 2),
  resblock_kernel_sizes: wholes([3, 7, 11]),
  resblock_dilation_sizes: z
    .array(wholes([1]))
    .min(1)
    .default([
      [1, 3, 5],
      [1, 3, 5],
      [1, 3, 5],
    ]),
});

const sequencer = z.object({
  descriptor_size: whole(39),
  hidden_size: whole(200),
  num_layers: whole(3),
  dim_pos_encoding: whole(26, 2),
  window_size: whole(1000),
  forecast_size: whole(500, 0),
});

const transformer = z.object({
  descriptor_size: whole(39),
  num_layers: whole(3),
  dim_pos_encoding: whole(26, 2),
  nhead: whole(5),
  dim_feedforward: whole(128),
  window_size: whole(1000),
  forecast_size: whole(500, 0),
  mode: z.enum(['faithful', 'corrected']).default('faithful'),
});

/** Widths of a una-GAN run, by the original's names; `mfd` is the inner width. */
export type UnaGanConfig = Readonly<z.infer<typeof unaGan>>;
/** Widths of a mel-GAN generator. */
export type MelGanConfig = Readonly<z.infer<typeof melGan>>;
/** Widths of a mel-GAN discriminator. */
export type MelGanDiscriminatorConfig = Readonly<z.infer<typeof melGanDiscriminator>>;
/** Widths of a HiFi-GAN generator, by the names of its config files. */
export type HifiGanConfig = Readonly<z.infer<typeof hifiGan>>;
/** Widths of the two LSTM sequencers; the input has `window_size − forecast_size` frames. */
export type SequencerConfig = Readonly<z.infer<typeof sequencer>>;
/** Widths of the two transformer sequencers; `mode` chooses the encoder-only mask. */
export type TransformerConfig = Readonly<z.infer<typeof transformer>>;

/** The config of each kind. */
export interface ConfigOf {
  readonly 'una-gan': UnaGanConfig;
  readonly 'una-gan-flat': UnaGanConfig;
  readonly 'una-gan-encoder': UnaGanConfig;
  readonly 'una-gan-discriminator': UnaGanConfig;
  readonly 'mel-gan': MelGanConfig;
  readonly 'mel-gan-gru': MelGanConfig;
  readonly 'mel-gan-discriminator': MelGanDiscriminatorConfig;
  readonly 'hifi-gan': HifiGanConfig;
  readonly lstm: SequencerConfig;
  readonly 'lstm-encoder-decoder': SequencerConfig;
  readonly 'transformer-encoder-only': TransformerConfig;
  readonly transformer: TransformerConfig;
}

/** The config of any kind, as `parseConfig` returns it. */
export type NetworkConfig = ConfigOf[NetworkKind];

const schemas: { readonly [K in NetworkKind]: z.ZodType<ConfigOf[K]> } = {
  'una-gan': unaGan.refine(evenGroups, { path: ['mfd'], message: groupsMessage() }),
  'una-gan-flat': unaGan.refine(evenGroups, { path: ['mfd'], message: groupsMessage() }),
  'una-gan-encoder': unaGan.refine(eightBins, { path: ['feat_dim'], message: binsMessage() }),
  'una-gan-discriminator': unaGan.refine(eightBins, { path: ['feat_dim'], message: binsMessage() }),
  'mel-gan': melGan,
  'mel-gan-gru': melGan,
  'mel-gan-discriminator': melGanDiscriminator.refine(({ ndf }) => ndf % 4 === 0, {
    path: ['ndf'],
    message: 'must be a multiple of 4',
  }),
  'hifi-gan': hifiGan.superRefine(matchingLists),
  lstm: sequencer,
  'lstm-encoder-decoder': sequencer.refine(evenPositions, {
    path: ['dim_pos_encoding'],
    message: 'must be even',
  }),
  'transformer-encoder-only': transformer.superRefine(matchingHeads),
  transformer: transformer.superRefine(matchingHeads),
};

/**
 * Reads a run's `config.json` by the original's key names; unknown keys are left out and missing
 * ones have the original's widths. Throws a UserError that names the field.
 */
export function parseConfig(kind: NetworkKind, raw: unknown): NetworkConfig {
  const parsed = schemas[kind].safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new UserError({
    what: `${field === '' ? 'the config' : field} is not usable: ${issue?.message ?? 'unreadable'}`,
    where: `config of ${kind}`,
    hint: 'compare it with config.json of the run that made the weights',
  });
}

function evenGroups(config: UnaGanConfig): boolean {
  return config.mfd % config.num_groups === 0;
}

function groupsMessage(): string {
  return 'must be a multiple of num_groups';
}

function eightBins(config: UnaGanConfig): boolean {
  return config.feat_dim % 8 === 0;
}

function binsMessage(): string {
  return 'must be a multiple of 8';
}

function evenPositions(config: SequencerConfig): boolean {
  return config.dim_pos_encoding % 2 === 0;
}

function matchingLists(config: HifiGanConfig, context: z.RefinementCtx): void {
  const pairs = [
    ['upsample_kernel_sizes', 'upsample_rates'],
    ['resblock_dilation_sizes', 'resblock_kernel_sizes'],
  ] as const;
  for (const [first, second] of pairs) {
    if (config[first].length !== config[second].length) {
      context.addIssue({
        code: 'custom',
        path: [first],
        message: `must be as long as ${second}`,
      });
    }
  }
  if (config.upsample_initial_channel % 2 ** config.upsample_rates.length !== 0) {
    const message = 'must halve evenly at every upsampling';
    context.addIssue({ code: 'custom', path: ['upsample_initial_channel'], message });
  }
  config.upsample_kernel_sizes.forEach((kernel, i) => {
    if ((kernel - (config.upsample_rates[i] ?? kernel)) % 2 === 0) return;
    const message = 'must differ from its rate by an even number';
    context.addIssue({ code: 'custom', path: ['upsample_kernel_sizes', i], message });
  });
}

function matchingHeads(config: TransformerConfig, context: z.RefinementCtx): void {
  const width = config.descriptor_size + config.dim_pos_encoding;
  if (width % config.nhead !== 0) {
    const message = `must divide descriptor_size + dim_pos_encoding = ${width}`;
    context.addIssue({ code: 'custom', path: ['nhead'], message });
  }
  if (config.dim_pos_encoding % 2 !== 0) {
    context.addIssue({ code: 'custom', path: ['dim_pos_encoding'], message: 'must be even' });
  }
}
