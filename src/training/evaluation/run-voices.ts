import { hifiMel80, logMel80, MEL_BANDS, MEL_HOP } from '../../audio/index.js';
import { type Matrix, seededRandom, sizeOf, type Tensor, UserError } from '../../core/index.js';
import { binsOf, denormalise, fitBins, type Model, type RunRecord } from '../../models/index.js';
import type { Generation } from './generator-evaluation.js';
import type { Continuation } from './sequencer-evaluation.js';
import type { Resynthesis } from './vocoder-evaluation.js';

/** A network of a run, opened for one purpose; the caller closes it. */
export interface Voice<Say> {
  readonly say: Say;
  close(): Promise<void>;
}

interface Opening {
  readonly threads?: number;
}

interface SeededOpening extends Opening {
  readonly seed: number;
}

/** A vocoder that copies recordings through the mel it was trained on. */
export async function openResynthesis(
  run: RunRecord,
  { threads }: Opening,
): Promise<Voice<Resynthesis>> {
  if (run.hopLength !== MEL_HOP) throw unmeasured(run, `its hop is ${run.hopLength}`);
  const analyse = run.logBase === 'e' ? hifiMel80 : logMel80;
  const model = await run.open('vocoder', threadsOf(threads));
  const say: Resynthesis = async (recording) => {
    const { rows, columns, data } = analyse(recording);
    const { audio } = await model.run({ mel: fitBins(batch(rows, columns, data), binsOf(run)) });
    return { sampleRate: run.sampleRate, channels: [(audio as Tensor).data] };
  };
  return { say, close: () => model.close() };
}

/** A una-GAN that dreams mels, denormalised, from seeded normal noise and initial states. */
export async function openGeneration(
  run: RunRecord,
  { threads, seed }: SeededOpening,
): Promise<Voice<Generation>> {
  const { stats } = run;
  if (stats === null) throw unmeasured(run, 'it has no statistics, so its mels have no level');
  const model = await run.open('generator', threadsOf(threads));
  const random = seededRandom(seed, 'generation');
  const say: Generation = async (frames) => {
    const columns = Math.ceil(frames / framesPerColumn(model));
    const feeds = Object.entries(model.inputs).map(([name, dims]): [string, Tensor] => {
      const free = name === 'z' ? [1, columns] : [1];
      const shape = dims.map((n) => (n === 'any' ? (free.shift() as number) : n));
      const data = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
      return [name, { shape, data }];
    });
    const { feat } = await model.run(Object.fromEntries(feeds));
    const { shape, data } = fitBins(denormalise(feat as Tensor, stats), MEL_BANDS);
    const { hopLength, sampleRate } = run;
    return { rows: MEL_BANDS, columns: shape[2] as number, data, hopLength, sampleRate };
  };
  return { say, close: () => model.close() };
}

/** A sequencer, and how many frames it was trained to hear. */
export async function openSequencer(
  run: RunRecord,
  { threads }: Opening,
): Promise<Voice<Continuation> & { readonly window: number }> {
  const model = await run.open('sequencer', threadsOf(threads));
  const { config } = model;
  const size = 'descriptor_size' in config ? config.descriptor_size : 0;
  if (size !== 39) {
    await model.close();
    throw unmeasured(run, `it was trained on ${size} descriptors, not on the MFCC-39`);
  }
  const window = 'window_size' in config ? config.window_size - config.forecast_size : 0;
  const say: Continuation = async ({ rows, columns, data }, steps): Promise<Matrix> => {
    const { prediction } = await model.run({ window: batch(rows, columns, data) }, { steps });
    return { rows: steps, columns, data: (prediction as Tensor).data };
  };
  return { say, window: Math.max(2, window), close: () => model.close() };
}

function framesPerColumn({ kind, config }: Model): number {
  if (kind !== 'una-gan' || !('z_scale_factors' in config)) return 1;
  return config.z_scale_factors.reduce((product, factor) => product * factor, 1);
}

function batch(rows: number, columns: number, data: Float32Array): Tensor {
  return { shape: [1, rows, columns], data };
}

function threadsOf(threads: number | undefined): Opening {
  return threads === undefined ? {} : { threads };
}

function unmeasured(run: RunRecord, why: string): UserError {
  return new UserError({ what: `it cannot be measured: ${why}`, where: `run ${run.id}` });
}
