import type { MelGanDiscriminatorConfig } from './config.js';
import type { Conv } from './module.js';
import type { Network } from './network.js';
import { conv1d, Sketch } from './sketch.js';

const SLOPE = 0.2;

/**
 * mel-GAN's discriminator: audio [B, 1, n] to `scaleS_layerL`, seven features at each of the
 * scales 1, 1/2, 1/4; the last of a scale is its score (anatomy §4.2).
 */
export function melGanDiscriminator(config: MelGanDiscriminatorConfig): Network {
  const sketch = new Sketch();
  const scales = Array.from({ length: config.num_D }, (_, scale) =>
    layersOf(config, `model.disc_${scale}.model.`).map((layer) => sketch.declare(layer)),
  );
  let audio = sketch.input('audio', ['batch', 1, 'samples']);
  scales.forEach((layers, scale) => {
    if (scale > 0) audio = sketch.step({ op: 'halve' }, audio);
    let value = audio;
    layers.forEach((layer, i) => {
      value = sketch.conv(layer, value);
      if (i < layers.length - 1) value = sketch.leaky(SLOPE, value);
      const name = `scale${scale}_layer${i}`;
      sketch.output(name, ['batch', layer.out, `time_${name}`], value);
    });
  });
  return sketch.done();
}

function layersOf(config: MelGanDiscriminatorConfig, prefix: string): readonly Conv[] {
  const { ndf, n_layers_D: count, downsampling_D: stride } = config;
  const norm = 'weight';
  const name = (i: number, tail = '.0'): string => `${prefix}layer_${i}${tail}`;
  const layers = [conv1d(name(0, '.1'), [1, ndf], 15, { norm, padMode: 'reflect' })];
  let width = ndf;
  for (let i = 1; i <= count; i++) {
    const next = Math.min(width * stride, 1024);
    const [kernel, groups] = [stride * 10 + 1, width / 4];
    layers.push(conv1d(name(i), [width, next], kernel, { norm, stride, groups }));
    width = next;
  }
  const last = Math.min(width * 2, 1024);
  layers.push(conv1d(name(count + 1), [width, last], 5, { norm }));
  layers.push(conv1d(name(count + 2, ''), [last, 1], 3, { norm }));
  return layers;
}
