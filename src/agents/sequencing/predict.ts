import type { Random, Tensor } from '../../core/index.js';
import type { Model } from '../../models/index.js';
import { type Frames, lastRows } from './history.js';
import { ownStats } from './window.js';

/** How far and how freely a sequencer looks ahead. */
export interface PredictOptions {
  readonly steps: number;
  /** Noise on every step, in deviations of what the network says now; 0 for none. */
  readonly temperature: number;
  readonly random: Random;
}

/**
 * What a network expects to follow a window, [steps, d]. With a temperature every step gets noise
 * of the deviation of the network's current output, feature by feature, and a network that goes
 * step by step hears it: that keeps it from flat-lining (anatomy §11).
 */
export async function predicted(
  model: Model,
  window: Frames,
  options: PredictOptions,
): Promise<Frames> {
  const { steps, temperature } = options;
  if (temperature > 0 && 'forward' in model.outputs) return wandering(model, window, options);
  const { prediction } = await model.run({ window: asTensor(window) }, { steps });
  const frames = asFrames(prediction!);
  return temperature > 0 ? shaken(frames, ownStats(frames).std, options) : frames;
}

async function wandering(model: Model, window: Frames, options: PredictOptions): Promise<Frames> {
  let heard = window;
  let said: Frames = { ...window, rows: 0, data: new Float32Array() };
  for (let step = 0; step < options.steps; step++) {
    const { prediction, forward } = await model.run({ window: asTensor(heard) }, { steps: 1 });
    const { std } = ownStats(asFrames(forward!));
    const next = shaken(asFrames(prediction!), std, options);
    heard = lastRows(joined(heard, next), window.rows);
    said = joined(said, next);
  }
  return said;
}

function shaken(
  frames: Frames,
  deviations: readonly number[],
  { temperature, random }: PredictOptions,
): Frames {
  const { columns, data } = frames;
  const noisy = data.map((x, i) => x + temperature * deviations[i % columns]! * random.normal());
  return { ...frames, data: noisy };
}

function joined(a: Frames, b: Frames): Frames {
  const data = new Float32Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { rows: a.rows + b.rows, columns: a.columns, data };
}

function asTensor({ rows, columns, data }: Frames): Tensor {
  return { shape: [1, rows, columns], data };
}

function asFrames({ shape, data }: Tensor): Frames {
  const [, rows = 0, columns = 0] = shape;
  return { rows, columns, data };
}
