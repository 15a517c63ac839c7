// The entry of a worker process: finds gradients for the training that started it, and ends when
// that does.
import { type Tensors, UserError } from '../../core/index.js';
import { loadTraining, type Training } from '../../models/index.js';
import { engineFor } from '../engine-for.js';
import { planFor } from '../plans/plan-for.js';
import type { Task, WorkerReply, WorkerRequest } from './worker-protocol.js';

type Finder = Awaited<ReturnType<Training['openGradientFinder']>>;

let finder: Finder | undefined;
let heard: Tensors = {};

async function opened({ kind, settings, phase, engine: name, threads }: Task): Promise<Finder> {
  const training = await loadTraining();
  const { engine } = await engineFor(training, name);
  const { design } = planFor(training, kind, settings).phases[phase]!;
  return training.openGradientFinder(engine, design, threads);
}

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  if (request.type === 'open') {
    finder = await opened(request.task);
    return { type: 'opened', nodes: finder.nodes };
  }
  if (finder === undefined) throw new RangeError('the worker was asked before it was opened');
  heard = request.stage === 0 ? request.heard : { ...heard, ...request.heard };
  return { type: 'found', findings: await finder.find(request.stage, heard) };
}

function failed(thrown: unknown): WorkerReply {
  // Whatever else is thrown ends this process with its stack, which the leader's terminal shows.
  if (!(thrown instanceof UserError)) throw thrown;
  const { cause: _, ...parts } = thrown.parts;
  return { type: 'failed', parts };
}

process.on('message', (request: WorkerRequest) => {
  void answer(request)
    .catch(failed)
    // A reply that cannot be sent has nobody left to hear it: the leader is gone, and so is this.
    .then((reply) => process.send?.(reply, undefined, undefined, () => {}));
});
process.on('disconnect', () => process.exit(0));
// The leader decides when a training ends: it needs its workers until the step is done and saved,
// and a Ctrl-C in the terminal reaches the whole group.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
