import { describe, expect, it } from 'vitest';
import type { Tensors } from '../../../src/core/index.js';
import { openModel, parseConfig } from '../../../src/models/index.js';
import type { NetworkKind } from '../../../src/models/index.js';
import { goldenTensor, goldenValue, goldenWeights } from '../golden-fill.js';

interface Row {
  readonly name: string;
  readonly kind: NetworkKind;
  readonly config?: unknown;
  readonly feeds: Tensors;
  readonly steps?: number;
  readonly output: string;
  readonly size: number;
  /** Values at 0, 1, ⌊L/3⌋, ⌊L/2⌋, L−1, then mean and root mean square. */
  readonly expected: readonly number[];
}

const mel8 = { mel: goldenTensor(902, [1, 80, 8]) };
const mel4 = { mel: goldenTensor(902, [1, 80, 4]) };
const mel64 = { mel: goldenTensor(901, [1, 80, 64]) };
const audio = { audio: goldenTensor(903, [1, 1, 4096]) };
const window = { window: goldenTensor(904, [1, 6, 39]) };
const z = (n: number): Tensors => ({ z: goldenTensor(900, [1, 20, n]) });
const hiddens = (count: number): Tensors =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`h${i}`, goldenTensor(501 + i, [2, 1, 512])]),
  );
const hifiV3 = {
  resblock: '2',
  upsample_initial_channel: 256,
  upsample_rates: [8, 8, 4],
  upsample_kernel_sizes: [16, 16, 8],
  resblock_kernel_sizes: [3, 5, 7],
  resblock_dilation_sizes: [
    [1, 2],
    [2, 6],
    [3, 12],
  ],
};

const rows: readonly Row[] = [
  {
    name: 'una-GAN, hierarchical',
    kind: 'una-gan',
    feeds: { ...z(3), ...hiddens(5) },
    output: 'feat',
    size: 3840,
    expected: [-3.771407, -4.140842, -0.549457, -4.74084, 5.217573, 0.717852, 4.73442],
  },
  {
    name: 'una-GAN, flat',
    kind: 'una-gan-flat',
    feeds: { ...z(16), ...hiddens(2) },
    output: 'feat',
    size: 1280,
    expected: [-1.754427, -0.280866, 0.055093, -0.752996, -1.544708, 0.034312, 1.845759],
  },
  {
    name: "una-GAN's discriminator",
    kind: 'una-gan-discriminator',
    feeds: mel64,
    output: 'recon',
    size: 5120,
    expected: [-0.04614, -0.067529, -0.010869, 0.021991, 0.043191, 0.004571, 0.061355],
  },
  {
    name: "una-GAN's cycle encoder",
    kind: 'una-gan-encoder',
    feeds: mel64,
    output: 'z',
    size: 80,
    expected: [-0.123353, -0.302117, 0.057739, 0.086769, 0.019824, -0.059647, 0.17456],
  },
  {
    name: 'mel-GAN, original',
    kind: 'mel-gan',
    feeds: mel8,
    output: 'audio',
    size: 2048,
    expected: [0.041775, -0.062017, 0.18019, 0.015415, 0.052781, -0.014238, 0.090738],
  },
  {
    name: 'mel-GAN, GRU',
    kind: 'mel-gan-gru',
    feeds: mel8,
    output: 'audio',
    size: 2048,
    expected: [0.017916, 0.040065, 0.245216, 0.502787, 0.07764, 0.118646, 0.191509],
  },
  {
    name: "mel-GAN's discriminator, score at scale 1",
    kind: 'mel-gan-discriminator',
    feeds: audio,
    output: 'scale0_layer6',
    size: 16,
    expected: [-0.076948, -0.000023, 0.0147, 0.009524, -0.019888, -0.021828, 0.043607],
  },
  {
    name: "mel-GAN's discriminator, score at scale 1/2",
    kind: 'mel-gan-discriminator',
    feeds: audio,
    output: 'scale1_layer6',
    size: 8,
    expected: [0.003423, -0.001995, 0.053139, 0.042102, 0.006307, 0.022352, 0.030139],
  },
  {
    name: "mel-GAN's discriminator, score at scale 1/4",
    kind: 'mel-gan-discriminator',
    feeds: audio,
    output: 'scale2_layer6',
    size: 4,
    expected: [0.0446, 0.086432, 0.086432, 0.061234, 0.021056, 0.053331, 0.058422],
  },
  {
    name: "mel-GAN's discriminator, a feature at scale 1/4",
    kind: 'mel-gan-discriminator',
    feeds: audio,
    output: 'scale2_layer3',
    size: 16384,
    expected: [-0.003338, 0.161324, 0.039446, 0.042286, 0.046841, 0.019061, 0.0469],
  },
  {
    name: 'HiFi-GAN v1',
    kind: 'hifi-gan',
    feeds: mel4,
    output: 'audio',
    size: 1024,
    expected: [-0.011606, -0.023102, -0.075282, -0.023907, -0.011749, -0.037435, 0.045674],
  },
  {
    name: 'HiFi-GAN v3',
    kind: 'hifi-gan',
    config: hifiV3,
    feeds: mel4,
    output: 'audio',
    size: 1024,
    expected: [-0.011866, -0.010696, -0.020596, -0.04, -0.012752, -0.00454, 0.020985],
  },
  {
    name: 'LSTM, forward',
    kind: 'lstm',
    feeds: window,
    steps: 1,
    output: 'forward',
    size: 234,
    expected: [0.010426, 0.001359, 0.006965, 0.002594, 0.026458, 0.002416, 0.020502],
  },
  {
    name: 'LSTM, four steps ahead',
    kind: 'lstm',
    feeds: window,
    steps: 4,
    output: 'prediction',
    size: 156,
    expected: [0.028662, 0.0297, -0.01327, 0.039911, 0.035179, 0.003926, 0.025273],
  },
  {
    name: 'LSTM encoder-decoder, four steps ahead',
    kind: 'lstm-encoder-decoder',
    feeds: window,
    steps: 4,
    output: 'prediction',
    size: 156,
    expected: [0.010266, 0.001848, 0.044152, -0.042413, 0.075802, 0.005617, 0.037235],
  },
  {
    name: 'encoder-only transformer with the mask of the original, forward',
    kind: 'transformer-encoder-only',
    feeds: window,
    steps: 1,
    output: 'forward',
    size: 234,
    expected: [0.231653, 0.070744, 0.869366, 0.988926, -0.451276, -0.122335, 1.061239],
  },
  {
    name: 'encoder-only transformer with the mask of the original, four steps ahead',
    kind: 'transformer-encoder-only',
    feeds: window,
    steps: 4,
    output: 'prediction',
    size: 156,
    expected: [0.74657, -0.187145, 0.557224, 0.879932, -0.435531, -0.175861, 1.04078],
  },
  {
    name: 'encoder-only transformer with a true causal mask, forward',
    kind: 'transformer-encoder-only',
    config: { mode: 'corrected' },
    feeds: window,
    steps: 1,
    output: 'forward',
    size: 234,
    expected: [0.307381, -0.292118, 0.242558, 0.380389, -1.005646, -0.144615, 1.0128],
  },
  {
    name: 'transformer, four steps ahead',
    kind: 'transformer',
    feeds: window,
    steps: 4,
    output: 'prediction',
    size: 156,
    expected: [-1.838277, -0.464641, -0.157181, -1.8654, -3.0997, -0.122649, 0.985832],
  },
];

function digest(values: Float32Array): readonly number[] {
  const size = values.length;
  const places = [0, 1, Math.floor(size / 3), Math.floor(size / 2), size - 1];
  const mean = values.reduce((sum, x) => sum + x, 0) / size;
  const rms = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / size);
  return [...places.map((i) => values[i] as number), mean, rms];
}

describe('the golden fill rule', () => {
  it('gives the published values', () => {
    expect(goldenValue(0, 0)).toBe(-0.9417000059038401);
    expect(goldenValue(0, 3)).toBe(0.5559495743364096);
    expect(goldenValue(3, 1_000_000)).toBe(0.5091540492139757);
  });
});

describe('networks at the original widths compute what the original computes', () => {
  it.each(rows)('$name', async ({ kind, config, feeds, steps, output, size, expected }) => {
    const parts = { kind, config: parseConfig(kind, config), weights: goldenWeights(kind, config) };
    const model = await openModel(parts);
    const results = await model.run(feeds, steps === undefined ? {} : { steps });
    await model.close();
    const { data } = results[output]!;
    expect(data.length).toBe(size);
    const scale = Math.max(1, ...data.map(Math.abs));
    digest(data).forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4 * scale);
    });
  });
});
