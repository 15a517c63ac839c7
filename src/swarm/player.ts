import { resolve as resolvePath } from 'node:path';
import type { AnyAgentKind, CastRun, Context, Emission, Message } from '../agents/index.js';
import { type Ports, type Samples, UserError, seededRandom } from '../core/index.js';
import { stopwatch } from './clock.js';
import type { Job, Outcome, Part } from './performer.js';

/** Plays one agent: holds its state, hands it what arrives, and takes down what it says. */
export class Player {
  readonly #kind: AnyAgentKind;
  readonly #part: Part;
  readonly #params: unknown;
  #state: unknown;

  constructor(kind: AnyAgentKind, part: Part) {
    this.#kind = kind;
    this.#part = part;
    this.#params = kind.params.parse(part.written);
  }

  /** Calls the kind's `start`. */
  async start(): Promise<void> {
    this.#state = await this.#kind.start(this.#context(0, 'start'));
  }

  /** Calls the kind's `receive`; when that throws, the state stays what it was. */
  async receive(job: Job): Promise<Outcome> {
    const seconds = stopwatch();
    const message = messageOf(job);
    const context = this.#context(job.now, String(job.step));
    const step = await this.#kind.receive(this.#state, message, context);
    const said = step.emit.map((emission: Emission<Ports>) => utter(emission, message));
    this.#state = step.state;
    return { said, computeSeconds: seconds() };
  }

  /** Calls the kind's `stop`, when it has one. */
  async stop(now: Samples): Promise<void> {
    await this.#kind.stop?.(this.#state, this.#context(now, 'stop'));
  }

  #context(now: Samples, step: string): Context<unknown> {
    const { id, runs, seed, sampleRate, folder, outputFolder } = this.#part;
    return {
      self: id,
      params: this.#params,
      now,
      sampleRate,
      random: seededRandom(seed, 'agent', id, step),
      run: (param) => runOf(runs, param, id),
      resolve: (path) => resolvePath(folder, path),
      outputFolder,
    };
  }
}

function runOf(runs: Readonly<Record<string, CastRun>>, param: string, agent: string): CastRun {
  const run = runs[param];
  if (run !== undefined) return run;
  throw new UserError({
    what: `no model fills the role of its param "${param}"`,
    where: `agent ${agent}`,
    hint: `name a role of models: under ${param}:`,
  });
}

function messageOf({ arrival, beat }: Job): Message<Ports> {
  if (arrival !== undefined) return arrival as Message<Ports>;
  return { port: 'tick', signal: { name: 'tick', value: beat }, id: '', lap: 0 };
}

function utter(emission: Emission<Ports>, heard: Message<Ports>): Outcome['said'][number] {
  const { port, signal, after, origins, models } = emission;
  const own = heard.id === '' ? [] : [heard];
  const parents = (emission.parents ?? own).map(({ id, lap }) => ({ id, lap }));
  const named = { ...(origins ? { origins } : {}), ...(models ? { models } : {}) };
  return { port, signal, parents, after: after ?? 0, ...named };
}
