import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seededRandom, sizeOf, tensor } from '../src/core/index.js';
import type { Tensors } from '../src/core/index.js';
import { loadTraining, type Training } from '../src/models/index.js';
import {
  BEYOND_CPU,
  DESIGNS,
  type StepDesign,
  TRAINING_SPECS,
  type TrainingSpec,
} from './training-specs.js';

export type { TrainingSpec } from './training-specs.js';
export { TRAINING_SPECS } from './training-specs.js';

/** What a process holds after a collection of its garbage, in megabytes of 10⁶ bytes. */
export interface Memory {
  /** After the hundredth step, when arenas are full and compiled code is warm. */
  readonly residentAfter100: number;
  readonly residentAtEnd: number;
  /** JavaScript's own, array buffers included. */
  readonly heapAfter100: number;
  readonly heapAtEnd: number;
}

/** One step's time. */
export interface TrainingTime {
  readonly spec: TrainingSpec;
  readonly engine: 'traced' | 'cpu';
  readonly threads: number;
  /** The median of the timed steps; compiling and the first step are not among them. */
  readonly secondsPerStep: number;
  readonly fastestSeconds: number;
  /** From the design to a step that can run. */
  readonly compileSeconds: number;
  readonly nodes: number | undefined;
  /** How many times longer TensorFlow.js's plain CPU backend takes; where it was measured. */
  readonly timesFasterThanCpu?: number;
  readonly memory?: Memory;
}

/** What to measure: every spec on one thread unless told, and the slow oracle only on demand. */
export interface TrainingBenchOptions {
  readonly spec?: TrainingSpec;
  readonly threads?: number;
  readonly steps?: number;
  /**
   * Also times one step of the plain CPU backend, which takes minutes for some; those it cannot
   * finish in ten are left out unless they are named.
   */
  readonly cpu?: boolean;
  /** Also says what the process holds after 100 steps and at the end: at least 200 steps. */
  readonly memory?: boolean;
}

/** Times whole training steps (forward, gradients, Adam) of the traced engine on random data. */
export async function benchTraining({
  spec,
  threads = 1,
  steps = 5,
  cpu = false,
  memory = false,
}: TrainingBenchOptions = {}): Promise<readonly TrainingTime[]> {
  const times: TrainingTime[] = [];
  const count = memory ? Math.max(200, steps) : steps;
  for (const name of spec ? [spec] : TRAINING_SPECS) {
    const traced = await timed(name, { engine: 'traced', threads, steps: count, memory });
    const compared = cpu && (spec === name || !BEYOND_CPU.includes(name));
    const slow = compared ? await timed(name, SLOW) : undefined;
    const ratio = slow && slow.secondsPerStep / traced.secondsPerStep;
    times.push({ ...traced, ...(ratio === undefined ? {} : { timesFasterThanCpu: ratio }) });
  }
  return times;
}

interface Way {
  readonly engine: TrainingTime['engine'];
  readonly threads: number;
  readonly steps: number;
  readonly memory: boolean;
}

const SLOW: Way = { engine: 'cpu', threads: 1, steps: 1, memory: false };

async function timed(spec: TrainingSpec, way: Way): Promise<TrainingTime> {
  const { engine, threads, steps } = way;
  const training = await loadTraining();
  const design = DESIGNS[spec](training);
  const { cpuEngine, openStepper, tracedEngine } = training;
  const start = performance.now();
  const stepper = await openStepper(engine === 'cpu' ? cpuEngine : tracedEngine, design, threads);
  const compileSeconds = (performance.now() - start) / 1000;
  const { seconds, memory } = await stepped(training, design, stepper, way);
  const { nodes } = stepper;
  await stepper.close();
  const secondsPerStep = seconds[Math.floor(steps / 2)] as number;
  const fastestSeconds = seconds[0] as number;
  const time = { spec, engine, threads, secondsPerStep, fastestSeconds, compileSeconds, nodes };
  return memory === undefined ? time : { ...time, memory };
}

type Stepper = Awaited<ReturnType<Training['openStepper']>>;

interface Steps {
  /** The shortest first. */
  readonly seconds: readonly number[];
  readonly memory: Memory | undefined;
}

async function stepped(
  { initialState }: Training,
  design: StepDesign,
  stepper: Stepper,
  { engine, steps, memory }: Way,
): Promise<Steps> {
  const batch = randomBatch(design);
  let state = initialState(design, 1);
  // The first step also fills memory arenas; an engine that takes minutes is not asked twice.
  if (engine === 'traced') ({ state } = await stepper.step(state, batch, 1e-4));
  const seconds: number[] = [];
  const held: Held[] = [];
  for (let step = 1; step <= steps; step++) {
    const before = performance.now();
    ({ state } = await stepper.step(state, batch, 1e-4));
    seconds.push((performance.now() - before) / 1000);
    if (memory && (step === 100 || step === steps)) held.push(await heldNow());
  }
  return { seconds: seconds.toSorted((a, b) => a - b), memory: memoryOf(held) };
}

interface Held {
  readonly resident: number;
  readonly heap: number;
}

async function heldNow(): Promise<Held> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // Buffers are freed by finalizers, which run after the collection that found them dead.
  collect();
  await new Promise(setImmediate);
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss / 1e6, heap: (heapUsed + external) / 1e6 };
}

function memoryOf([first, last]: readonly Held[]): Memory | undefined {
  if (first === undefined || last === undefined) return undefined;
  return {
    residentAfter100: first.resident,
    residentAtEnd: last.resident,
    heapAfter100: first.heap,
    heapAtEnd: last.heap,
  };
}

function randomBatch({ batch }: StepDesign): Tensors {
  const random = seededRandom(1, 'bench');
  const entries = Object.entries(batch).map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => 0.1 * random.normal());
    return [name, tensor(shape, data)];
  });
  return Object.fromEntries(entries);
}
