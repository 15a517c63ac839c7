import { UserError } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';
import type { NetworkConfig } from '../networks/config.js';
import { describe } from '../networks/describe.js';
import type { NetworkKind } from '../networks/kind.js';
import type { Gate, Network } from '../networks/network.js';
import { writeOnnx } from '../onnx/write.js';
import type { NetworkParts, Style } from '../onnx/write.js';
import { readyFeeds } from './feeds.js';
import { openSession } from './onnx-runtime.js';
import type { Session } from './onnx-runtime.js';
import { predictFrames } from './prediction.js';

/** A shape that a caller may rely on; `any` is free. */
export type Dims = readonly (number | 'any')[];

/** How far a sequencer looks ahead: `forecast_size` unless told. Other networks ignore it. */
export interface RunOptions {
  readonly steps?: number;
}

/** A network that can be run. `run` blocks its thread; `close` must be called once. */
export interface Model {
  readonly kind: NetworkKind;
  readonly config: NetworkConfig;
  readonly inputs: Readonly<Record<string, Dims>>;
  readonly outputs: Readonly<Record<string, Dims>>;
  /**
   * Computes the outputs; missing initial states are zeros. Throws a UserError when a feed is
   * missing, misshapen or too short.
   */
  run(feeds: Tensors, options?: RunOptions): Promise<Tensors>;
  close(): Promise<void>;
}

/** What `openModel` needs: a network, and how many threads may compute (1 unless told). */
export interface ModelParts extends NetworkParts {
  readonly threads?: number;
  /** How the graph is written: `fast` unless told. */
  readonly style?: Style;
}

/** Writes the network as ONNX in memory and opens it. Throws a UserError on missing weights. */
export async function openModel(parts: ModelParts): Promise<Model> {
  const { kind, config, threads = 1, style = 'fast' } = parts;
  const network = describe(kind, config);
  const session = await openSession(writeOnnx(parts, style), { threads });
  const { inputs, outputs } = gatesOf(network);
  return {
    kind,
    config,
    inputs: dimsOf(inputs),
    outputs: dimsOf(outputs),
    run: async (feeds, options) => runNetwork(session, network, feeds, stepsOf(config, options)),
    close: () => session.close(),
  };
}

async function runNetwork(
  session: Session,
  network: Network,
  feeds: Tensors,
  steps: number | undefined,
): Promise<Tensors> {
  const ready = readyFeeds(network, feeds, steps);
  if (steps !== undefined && isStepwise(network)) return predictFrames(session, ready, steps);
  return session.run(
    ready,
    network.outputs.map(({ name }) => name),
  );
}

function stepsOf(config: NetworkConfig, options: RunOptions | undefined): number | undefined {
  if (!('forecast_size' in config)) return undefined;
  const steps = options?.steps ?? Math.max(1, config.forecast_size);
  if (Number.isSafeInteger(steps) && steps > 0) return steps;
  throw new UserError({ what: `steps is ${steps}`, allowed: 'a whole number above 0' });
}

function isStepwise(network: Network): boolean {
  return network.outputs.some(({ name }) => name === 'forward');
}

// A stepwise sequencer keeps its states to itself and says `prediction` besides `forward`.
function gatesOf(network: Network): Pick<Network, 'inputs' | 'outputs'> {
  const inputs = network.inputs.filter(({ name }) => !['steps', 'h', 'c'].includes(name));
  const [first] = network.outputs;
  if (!first || !isStepwise(network)) return { inputs, outputs: network.outputs };
  return { inputs, outputs: [{ ...first, name: 'prediction' }, first] };
}

function dimsOf(gates: readonly Gate[]): Readonly<Record<string, Dims>> {
  const dims = gates.map(({ name, shape }): [string, Dims] => [
    name,
    shape.map((n) => (typeof n === 'number' ? n : 'any')),
  ]);
  return Object.fromEntries(dims);
}
