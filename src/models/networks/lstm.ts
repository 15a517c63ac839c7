import type { SequencerConfig } from './config.js';
import type { Lstm } from './module.js';
import type { Network } from './network.js';
import { Sketch } from './sketch.js';

/**
 * The LSTM sequencer (anatomy §8.1): window [B, S, d] to `forward` [B, S, d]; its states enter
 * and leave, so that a caller can feed the last frame back.
 */
export function lstm(config: SequencerConfig): Network {
  const { descriptor_size: size, hidden_size: hidden, num_layers: layers } = config;
  const sketch = new Sketch();
  const module = sketch.declare({ type: 'lstm', name: 'lstm', in: size, hidden, layers });
  const linear = sketch.declare({ type: 'linear', name: 'linear', in: hidden, out: size });
  const state = [layers, 'batch', hidden] as const;

  const window = sketch.input('window', ['batch', 'time', size]);
  const h = sketch.input('h', state, true);
  const c = sketch.input('c', state, true);
  const [y, nextH, nextC] = sketch.steps({ op: 'lstm', module }, 3, window, h, c);
  const forward = sketch.step({ op: 'linear', module: linear }, y!);
  sketch.output('forward', ['batch', 'time', size], forward);
  sketch.output('next_h', state, nextH!);
  sketch.output('next_c', state, nextC!);
  return sketch.done();
}

/** The LSTM encoder-decoder (§8.2): window and a count of steps to `prediction` [B, steps, d]. */
export function lstmEncoderDecoder(config: SequencerConfig): Network {
  const { descriptor_size: size, hidden_size: hidden, dim_pos_encoding: width } = config;
  const sketch = new Sketch();
  const encoder = sketch.declare(stack(config, 'encoder', size + width));
  const decoder = sketch.declare(stack(config, 'decoder', 1 + width));
  const linear = sketch.declare({ type: 'linear', name: 'linear', in: hidden, out: size });
  const positions = sketch.declare({ type: 'positions', name: 'pos_encoder', width });

  const window = sketch.input('window', ['batch', 'time', size]);
  const steps = sketch.input('steps', [1]);
  const known = sketch.step({ op: 'with-positions', module: positions }, window);
  const [, h, c] = sketch.steps({ op: 'lstm', module: encoder }, 3, known);
  const ahead = sketch.step({ op: 'future', module: positions, features: 1 }, window, steps);
  const [y] = sketch.steps({ op: 'lstm', module: decoder }, 3, ahead, h!, c!);
  const prediction = sketch.step({ op: 'linear', module: linear }, y!);
  sketch.output('prediction', ['batch', 'steps', size], prediction);
  return sketch.done();
}

function stack(config: SequencerConfig, name: string, input: number): Lstm {
  const { hidden_size: hidden, num_layers: layers } = config;
  return { type: 'lstm', name, in: input, hidden, layers };
}
