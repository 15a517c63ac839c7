import { seededRandom, sizeOf, UserError } from '../../core/index.js';
import type { Tensor, Tensors } from '../../core/index.js';
import type { Dims, Model } from '../runtime/model.js';

/** What a probe needs to know besides the model. */
export interface ProbeOptions {
  /** Silence of a trained vocoder is an error; of an untrained one, only a note. */
  readonly trained: boolean;
  /** The run, for messages. */
  readonly where: string;
}

// −100 dBFS: nobody hears it. −60 dBFS: a listener would think that something is unplugged.
const SILENT = 1e-5;
const FAINT = 1e-3;
const FRAMES = 8;
const EXTENTS: Readonly<Record<string, number>> = { z: 2, mel: 16, audio: 2048 };

/**
 * Runs a model once on a little noise. Throws a UserError when an output has another shape than
 * promised, is not finite, or is silent though trained; returns notes for whatever is only worth
 * saying.
 */
export async function probe(model: Model, options: ProbeOptions): Promise<readonly string[]> {
  const random = seededRandom(1, 'probe');
  const feeds = Object.entries(model.inputs).map(([name, dims]) => [
    name,
    noise(dims, name, () => random.normal()),
  ]);
  const outputs = await model.run(Object.fromEntries(feeds) as Tensors, { steps: 2 });
  for (const [name, dims] of Object.entries(model.outputs)) {
    check(name, dims, outputs[name], options.where);
  }
  return outputs.audio === undefined ? [] : heard(outputs.audio, options);
}

function noise(dims: Dims, name: string, normal: () => number): Tensor {
  const shape = dims.map((n, axis) => (n === 'any' ? extent(name, axis) : n));
  return { shape, data: Float32Array.from({ length: sizeOf(shape) }, normal) };
}

function extent(name: string, axis: number): number {
  if (/^h\d+$/.test(name) || axis === 0) return 1;
  return EXTENTS[name] ?? FRAMES;
}

function check(name: string, dims: Dims, output: Tensor | undefined, where: string): void {
  const shape = output?.shape ?? [];
  const fits = shape.length === dims.length && dims.every((n, i) => n === 'any' || n === shape[i]);
  if (!fits) {
    const what = `the probe gave '${name}' the shape [${shape.join(', ')}]`;
    throw new UserError({ what, where, allowed: `[${dims.join(', ')}]` });
  }
  if (output?.data.every(Number.isFinite)) return;
  throw new UserError({
    what: `the probe gave numbers in '${name}' that are not finite`,
    where,
    hint: 'the weights are broken or the training diverged: use an earlier checkpoint',
  });
}

function heard({ data }: Tensor, { trained, where }: ProbeOptions): readonly string[] {
  // A constant is no sound, however large.
  const centre = data.reduce((sum, x) => sum + x, 0) / data.length;
  const peak = data.reduce((max, x) => Math.max(max, Math.abs(x - centre)), 0);
  if (peak >= FAINT) return [];
  const level = peak === 0 ? 'silence' : `a peak of ${(20 * Math.log10(peak)).toFixed(0)} dBFS`;
  const what = `the probe heard ${level}`;
  if (peak >= SILENT) return [`${what}: nearly silent`];
  if (!trained) return [`${what}: the network is untrained`];
  throw new UserError({ what, where, hint: 'this checkpoint does not sound: use another one' });
}
