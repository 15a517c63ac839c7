import { seededRandom, sizeOf, tensor } from '../src/core/index.js';
import type { Tensors } from '../src/core/index.js';
import { loadTraining, parseConfig } from '../src/models/index.js';
import type {
  MelGanConfig,
  SequencerConfig,
  Training,
  TransformerConfig,
  UnaGanConfig,
} from '../src/models/index.js';

type StepDesign = ReturnType<Training['melGanStep']>;

/** The training steps that are measured, by name. */
export const TRAINING_SPECS = ['mel-gan', 'una-gan', 'lstm', 'transformer'] as const;

/** One of the measured training steps. */
export type TrainingSpec = (typeof TRAINING_SPECS)[number];

/** One step's time. */
export interface TrainingTime {
  readonly spec: TrainingSpec;
  readonly engine: 'traced' | 'cpu';
  readonly threads: number;
  /** The median of the timed steps; compiling and the first step are not among them. */
  readonly secondsPerStep: number;
  /** From the design to a step that can run. */
  readonly compileSeconds: number;
  readonly nodes: number | undefined;
  /** How many times longer TensorFlow.js's plain CPU backend takes; where it was measured. */
  readonly timesFasterThanCpu?: number;
}

/** What to measure: every spec on one thread unless told, and the slow oracle only on demand. */
export interface TrainingBenchOptions {
  readonly spec?: TrainingSpec;
  readonly threads?: number;
  readonly steps?: number;
  /** Also times one step of the plain CPU backend, which takes minutes for some. */
  readonly cpu?: boolean;
}

/** Times whole training steps (forward, gradients, Adam) of the traced engine on random data. */
export async function benchTraining({
  spec,
  threads = 1,
  steps = 5,
  cpu = false,
}: TrainingBenchOptions = {}): Promise<readonly TrainingTime[]> {
  const times: TrainingTime[] = [];
  for (const name of spec ? [spec] : TRAINING_SPECS) {
    const traced = await timed(name, 'traced', threads, steps);
    const slow = cpu ? await timed(name, 'cpu', 1, 1) : undefined;
    const ratio = slow && slow.secondsPerStep / traced.secondsPerStep;
    times.push({ ...traced, ...(ratio === undefined ? {} : { timesFasterThanCpu: ratio }) });
  }
  return times;
}

async function timed(
  spec: TrainingSpec,
  engine: TrainingTime['engine'],
  threads: number,
  steps: number,
): Promise<TrainingTime> {
  const training = await loadTraining();
  const design = DESIGNS[spec](training);
  const { cpuEngine, initialState, openStepper, tracedEngine } = training;
  const start = performance.now();
  const stepper = await openStepper(engine === 'cpu' ? cpuEngine : tracedEngine, design, threads);
  const compileSeconds = (performance.now() - start) / 1000;
  const batch = randomBatch(design);
  let state = initialState(design, 1);
  // The first step also fills memory arenas; an engine that takes minutes is not asked twice.
  if (engine === 'traced') ({ state } = await stepper.step(state, batch, 1e-4));
  const seconds: number[] = [];
  for (let i = 0; i < steps; i++) {
    const before = performance.now();
    ({ state } = await stepper.step(state, batch, 1e-4));
    seconds.push((performance.now() - before) / 1000);
  }
  const { nodes } = stepper;
  await stepper.close();
  const secondsPerStep = seconds.sort((a, b) => a - b)[Math.floor(steps / 2)] as number;
  return { spec, engine, threads, secondsPerStep, compileSeconds, nodes };
}

const DESIGNS: Readonly<Record<TrainingSpec, (training: Training) => StepDesign>> = {
  'mel-gan': ({ melGanWarmStep }) => {
    const config = parseConfig('mel-gan', { ngf: 8 }) as MelGanConfig;
    return melGanWarmStep({ kind: 'mel-gan', config }, { batch: 8, frames: 32 });
  },
  'una-gan': ({ unaGanFitStep }) => {
    const config = parseConfig('una-gan', { mfd: 64 }) as UnaGanConfig;
    return unaGanFitStep(config, { batch: 8, frames: 128 });
  },
  lstm: ({ sequencerStep }) => {
    const raw = { hidden_size: 128, num_layers: 2, forecast_size: 0 };
    const config = parseConfig('lstm', raw) as SequencerConfig;
    return sequencerStep({ kind: 'lstm', config }, { batch: 32, frames: 65 });
  },
  transformer: ({ sequencerStep }) => {
    const raw = { descriptor_size: 40, dim_pos_encoding: 88, num_layers: 2, nhead: 8 };
    const kind = 'transformer-encoder-only';
    const config = parseConfig(kind, { ...raw, dim_feedforward: 512 }) as TransformerConfig;
    return sequencerStep({ kind, config }, { batch: 32, frames: 65 });
  },
};

function randomBatch({ batch }: StepDesign): Tensors {
  const random = seededRandom(1, 'bench');
  const entries = Object.entries(batch).map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => 0.1 * random.normal());
    return [name, tensor(shape, data)];
  });
  return Object.fromEntries(entries);
}
