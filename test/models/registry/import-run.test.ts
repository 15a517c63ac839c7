import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom, UserError } from '../../../src/core/index.js';
import { writeSafetensors } from '../../../src/models/formats/safetensors.js';
import {
  importRun,
  initialWeights,
  loadRun,
  NETWORK_KINDS,
  parseConfig,
} from '../../../src/models/index.js';
import type { NetworkKind } from '../../../src/models/index.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
const registry = join(scratch, 'registry');
let made = 0;

/** A folder as a training run leaves it: one checkpoint and perhaps settings. */
function trainingFolder(
  kind: NetworkKind,
  config: object,
  files: Readonly<Record<string, string>> = {},
): string {
  const folder = join(scratch, `made-${made++}`);
  mkdirSync(folder);
  const weights = initialWeights(kind, parseConfig(kind, config), seededRandom(1, kind));
  const name = kind.endsWith('encoder') ? 'params.Encoder.pt' : 'checkpoint.pt';
  writeFileSync(
    join(folder, name.replace('.pt', '.safetensors')),
    writeSafetensors(Object.fromEntries(weights)),
  );
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

function networkConfig(run: Awaited<ReturnType<typeof loadRun>>): unknown {
  return Object.values(run.networks)[0]?.config;
}

const SMALL: Readonly<Record<NetworkKind, object>> = {
  'una-gan': { feat_dim: 24, z_dim: 6, z_scale_factors: [2, 2, 2], mfd: 12, num_groups: 3 },
  'una-gan-flat': { feat_dim: 16, z_dim: 5, mfd: 8, num_groups: 2 },
  'una-gan-encoder': { feat_dim: 16, z_dim: 5, z_scale_factors: [2, 2, 2], mfd: 8 },
  'una-gan-discriminator': { feat_dim: 16, z_dim: 5, mfd: 8 },
  'mel-gan': { n_mel_channels: 10, ngf: 3, n_residual_layers: 2, ratios: [8, 4, 4, 2] },
  'mel-gan-gru': { n_mel_channels: 12, ngf: 2, n_residual_layers: 1, ratios: [5, 2] },
  'mel-gan-discriminator': { num_D: 2, ndf: 4, n_layers_D: 3, downsampling_D: 4 },
  'hifi-gan': {
    num_mels: 20,
    resblock: '2',
    upsample_initial_channel: 32,
    upsample_rates: [8, 4],
    upsample_kernel_sizes: [16, 8],
    resblock_kernel_sizes: [3, 5, 7],
    resblock_dilation_sizes: [
      [1, 2],
      [2, 6],
      [3, 12],
    ],
  },
  lstm: { descriptor_size: 7, hidden_size: 9, num_layers: 3 },
  'lstm-encoder-decoder': {
    descriptor_size: 7,
    hidden_size: 9,
    num_layers: 2,
    dim_pos_encoding: 4,
  },
  'transformer-encoder-only': {
    descriptor_size: 9,
    dim_pos_encoding: 6,
    num_layers: 2,
    nhead: 5,
    dim_feedforward: 11,
  },
  transformer: {
    descriptor_size: 9,
    dim_pos_encoding: 6,
    num_layers: 1,
    nhead: 5,
    dim_feedforward: 12,
  },
};

describe('importing a training run', () => {
  it.each(NETWORK_KINDS)('finds kind and widths of a %s without any settings', async (kind) => {
    const { run } = await importRun(trainingFolder(kind, SMALL[kind]), { registry });
    expect(run.kind).toBe(kind);
    expect(networkConfig(run)).toMatchObject(learnable(kind));
  });

  it('says what it had to assume', async () => {
    const folder = trainingFolder('transformer', SMALL.transformer);
    const { run } = await importRun(folder, { registry });
    expect(run.notes).toContain('transformer: nhead was not stored: 5 assumed');
  });

  it('takes settings kept as text, and as argparse dumps them', async () => {
    const config = { ...SMALL.transformer, nhead: 3, forecast_size: 12 };
    const text = JSON.stringify({ nhead: '3', forecast_size: '12', z: '[1, 2]', flag: 'True' });
    const { run } = await importRun(
      trainingFolder('transformer', config, { 'model_args.json': text }),
      { registry },
    );
    expect(networkConfig(run)).toMatchObject({ nhead: 3, forecast_size: 12 });
    expect(run.settings).toMatchObject({ z: [1, 2], flag: true });
    const yaml =
      '!!python/object:argparse.Namespace\nngf: 3\nsampling_rate: 22050\nload_path: null\n';
    const vocoder = trainingFolder('mel-gan', SMALL['mel-gan'], { 'args.yml': yaml });
    expect((await importRun(vocoder, { registry })).run.sampleRate).toBe(22_050);
  });

  it.each([
    ['mel-gan', { ngf: 5 }, 'the settings say ngf 5, the weights have 3'],
    [
      'mel-gan',
      { kind: 'GRUGenerator' },
      'the settings say mel-gan-gru, the weights are those of mel-gan',
    ],
    ['lstm', { selected_model: 'TransformerModel' }, 'the settings say transformer'],
    ['una-gan', { z_scale_factors: [2, 2] }, 'the settings say z_scale_factors'],
    ['transformer', { nhead: 4 }, 'nhead is not usable'],
  ] as const)(
    'refuses settings that contradict the weights of %s: %j',
    async (kind, settings, says) => {
      const folder = trainingFolder(kind, SMALL[kind], { 'config.json': JSON.stringify(settings) });
      const elsewhere = join(scratch, `refused-${made}`);
      await expect(importRun(folder, { registry: elsewhere })).rejects.toThrow(new RegExp(says));
      expect(existsSync(elsewhere)).toBe(false);
    },
  );

  it('reads a whole Lightning checkpoint with classes, paths and numpy numbers', async () => {
    const { run } = await importRun(join(FIXTURES, 'lightning-whole'), { registry });
    expect(run.kind).toBe('lstm');
    expect(run.stats?.std[2]).toBe(3);
    expect(run.settings).toMatchObject({ audio_db_dir: '/data/audio', batch_size: 64, flag: true });
  });

  it("takes una-GAN's networks and statistics as one run, a vocoder as another", async () => {
    const folder = join(scratch, 'whole');
    cpSync(join(FIXTURES, 'unagan'), join(folder, 'files'), { recursive: true });
    for (const name of ['params.Encoder.pt', 'params.Discriminator.pt']) {
      cpSync(join(FIXTURES, 'unagan-encoder', name), join(folder, 'files/model', name));
    }
    cpSync(join(FIXTURES, 'melgan-gru/best_netG.pt'), join(folder, 'files/vocoder/params.pt'));
    cpSync(join(FIXTURES, 'melgan-gru/config.json'), join(folder, 'files/vocoder/config.json'));
    const { run, also } = await importRun(folder, { registry, id: 'whole000' });
    expect(run.id).toBe('whole000');
    expect(Object.keys(run.networks)).toEqual(['generator', 'encoder', 'discriminator']);
    expect(run.stats?.mean).toHaveLength(80);
    expect(also.map(({ kind }) => kind)).toEqual(['mel-gan-gru']);
    const only = await importRun(folder, { registry, kind: 'vocoder' });
    expect([only.run.id, only.also]).toEqual([also[0]?.id, []]);
  });

  it("does not take a vocoder's settings for those of the una-GAN above it", async () => {
    const folder = join(scratch, 'manual');
    const generator = 'params.generator.hierarchical_with_cycle.pt';
    cpSync(join(FIXTURES, 'unagan', generator), join(folder, generator));
    cpSync(join(FIXTURES, 'melgan-gru/best_netG.pt'), join(folder, 'vocoder/params.pt'));
    writeFileSync(join(folder, 'vocoder/args.yml'), 'ngf: 4\nsampling_rate: 22050\n');
    const { run, also } = await importRun(folder, { registry });
    expect([run.sampleRate, run.settings]).toEqual([44_100, {}]);
    expect(also[0]?.sampleRate).toBe(22_050);
  });

  it('takes a single checkpoint file', async () => {
    const { run } = await importRun(join(FIXTURES, 'melgan-original/best_netG.pt'), { registry });
    expect(run.kind).toBe('mel-gan');
  });

  it('gives the same content the same id, and one run only', async () => {
    const first = await importRun(join(FIXTURES, 'seq-lstm'), { registry });
    const again = await importRun(join(FIXTURES, 'seq-lstm'), { registry });
    expect(again.run.id).toBe(first.run.id);
    expect(first.run.id).toMatch(/^[a-z0-9]{8}$/);
  });

  it('refuses another run under a taken id, and an id that is none', async () => {
    await importRun(join(FIXTURES, 'seq-lstm'), { registry, id: 'taken000' });
    const other = importRun(join(FIXTURES, 'seq-transformer'), { registry, id: 'taken000' });
    await expect(other).rejects.toThrow('belongs to another run');
    const odd = importRun(join(FIXTURES, 'seq-lstm'), { registry, id: '../../x' });
    await expect(odd).rejects.toThrow('is no run id');
    expect((await loadRun('taken000', { registry })).kind).toBe('lstm');
  });

  it.each([
    ['no such folder', 'nowhere', 'ENOENT'],
    ['a folder without checkpoints', '.', 'no checkpoint was found'],
  ])('gives one clear error for %s', async (_, folder, says) => {
    const empty = join(scratch, 'empty');
    mkdirSync(empty, { recursive: true });
    const path = join(empty, folder);
    await expect(importRun(path, { registry })).rejects.toThrow(says);
  });

  it('refuses hostile, cut and diverged checkpoints, and writes nothing', async () => {
    const folder = join(scratch, 'bad');
    const elsewhere = join(scratch, 'untouched');
    mkdirSync(folder);
    const whole = readFileSync(join(FIXTURES, 'melgan-gru/best_netG.pt'));
    const weights = initialWeights('lstm', parseConfig('lstm', SMALL.lstm), seededRandom(1, 'x'));
    weights.get('linear.bias')?.data.fill(Number.NaN);
    const bad: Readonly<Record<string, Uint8Array>> = {
      'a.pt': whole.subarray(0, whole.length / 2),
      'b.pt': new TextEncoder().encode("cos\nsystem\n(S'true'\ntR."),
      'c.safetensors': writeSafetensors(Object.fromEntries(weights)),
    };
    for (const [name, bytes] of Object.entries(bad)) {
      writeFileSync(join(folder, name), bytes);
      const failed = importRun(join(folder, name), { registry: elsewhere });
      await expect(failed).rejects.toBeInstanceOf(UserError);
    }
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('leaves no draft folders behind', () => {
    expect(readdirSync(registry).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('takes a hop that no settings tell from the upsamplings', async () => {
    const folder = trainingFolder('mel-gan-gru', SMALL['mel-gan-gru']);
    expect((await importRun(folder, { registry })).run.hopLength).toBe(10);
  });

  it.each([
    ['{"hop_length":0.5}', 'hop_length 0.5'],
    ['{"sampling_rate":-5}', 'sampling_rate -5'],
  ])('writes nothing when the settings say %s', async (text, says) => {
    const folder = trainingFolder('mel-gan', SMALL['mel-gan'], { 'config.json': text });
    await expect(importRun(folder, { registry: `${folder}-runs` })).rejects.toThrow(says);
    expect(existsSync(`${folder}-runs`)).toBe(false);
  });
});

/** What the shapes of a small network tell: not dilations, factors or heads of their own choice. */
function learnable(kind: NetworkKind): object {
  const {
    z_dim: _,
    z_scale_factors: __,
    ...critic
  } = SMALL['una-gan-discriminator'] as never as {
    z_dim: number;
    z_scale_factors: number[];
  };
  return kind === 'una-gan-discriminator' ? critic : SMALL[kind];
}
