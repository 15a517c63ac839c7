import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Tensors, UserError } from '../../core/index.js';
import type { Findings, Task, WorkerReply, WorkerRequest } from './worker-protocol.js';

interface Pending {
  resolve(reply: WorkerReply): void;
  reject(error: Error): void;
}

function entry(): string {
  // Tests run the sources, but a process of its own needs compiled files.
  const here = import.meta.url;
  const compiled = '../../../dist/src/training/workers/worker-main.js';
  return fileURLToPath(new URL(here.endsWith('.ts') ? compiled : './worker-main.js', here));
}

/** An operating-system process that finds gradients on its part of every batch. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #resume: string;
  #pending: Pending | undefined;
  #death: string | undefined;

  /** Starts the process; `resume` is the command that goes on with the training. */
  constructor(resume: string, env: NodeJS.ProcessEnv = process.env) {
    this.#resume = resume;
    this.#child = fork(entry(), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
      env,
    });
    this.#child.on('message', (reply: WorkerReply) => this.#hear(reply));
    this.#child.on('error', (error) => this.#die(error.message));
    this.#child.on('exit', (code, signal) => this.#die(signal ?? `exit code ${code}`));
  }

  /** Compiles a task; the nodes of its graphs. A UserError when it cannot, or dies. */
  async open(task: Task): Promise<number | undefined> {
    const reply = await this.#ask({ type: 'open', task });
    return reply.type === 'opened' ? reply.nodes : refused(reply);
  }

  /** Gradients of one stage, given what was not heard before. A UserError when it dies. */
  async find(stage: number, heard: Tensors): Promise<Findings> {
    const reply = await this.#ask({ type: 'find', stage, heard });
    return reply.type === 'found' ? reply.findings : refused(reply);
  }

  /** Ends the process. */
  async close(): Promise<void> {
    if (this.#death !== undefined) return;
    await new Promise<void>((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.kill('SIGKILL');
    });
  }

  #ask(request: WorkerRequest): Promise<WorkerReply> {
    if (this.#death !== undefined) return Promise.reject(this.#died(this.#death));
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      // A process that died while it was written to is told by its exit, with the reason.
      this.#child.send(request, () => {});
    });
  }

  #hear(reply: WorkerReply): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.resolve(reply);
  }

  #die(says: string): void {
    this.#death ??= says;
    this.#pending?.reject(this.#died(this.#death));
    this.#pending = undefined;
  }

  #died(says: string): UserError {
    return new UserError({
      what: `worker process ${this.#child.pid} of the training died (${says})`,
      hint: `go on from the last checkpoint: ${this.#resume}`,
      retryable: true,
    });
  }
}

function refused(reply: WorkerReply): never {
  if (reply.type === 'failed') throw new UserError(reply.parts);
  throw new RangeError(`a worker answered out of turn: ${reply.type}`);
}
