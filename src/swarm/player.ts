import { resolve as resolvePath } from 'node:path';
import type { AnyAgentKind, CastRun, Context, Emission, Message } from '../agents/index.js';
import { ArrayStore, type Packed, pack, unpack } from '../archive/index.js';
import {
  type Ports,
  type Samples,
  UserError,
  chanceName,
  messageOf as reasonOf,
  seededRandom,
} from '../core/index.js';
import { stopwatch } from './clock.js';
import type { Entrance, Job, Outcome, Part } from './performer.js';

/** Plays one agent: holds its state, hands it what arrives, and takes down what it says. */
export class Player {
  readonly #kind: AnyAgentKind;
  readonly #part: Part;
  readonly #params: unknown;
  readonly #arrays: ArrayStore;
  #state: unknown;

  constructor(kind: AnyAgentKind, part: Part) {
    this.#kind = kind;
    this.#part = part;
    this.#params = kind.params.parse(part.written);
    this.#arrays = new ArrayStore(part.blobs);
  }

  /** Calls the kind's `start` and, where it enters a run, hands it back what it held there. */
  async start(entrance?: Entrance): Promise<void> {
    const context = this.#context(entrance?.now ?? 0, 'start');
    this.#state = await this.#kind.start(context);
    if (entrance?.state === undefined) return;
    const saved = unpack(entrance.state, this.#arrays);
    const { restore } = this.#kind;
    this.#state = restore ? await restore(this.#state, saved, context) : saved;
  }

  /** What a checkpoint keeps of its state; a UserError when it holds more than plain data. */
  save(): Packed {
    const { save, kind, unkept } = this.#kind;
    try {
      if (unkept !== undefined) throw new UserError({ what: unkept });
      return pack(save ? save(this.#state) : this.#state, this.#arrays);
    } catch (error) {
      const where = `agent ${this.#part.id} (${kind})`;
      throw new UserError({ what: reasonOf(error), where, cause: error });
    }
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
    const { id, runs, seed, sampleRate, folder, outputFolder, forks = [] } = this.#part;
    return {
      self: id,
      params: this.#params,
      now,
      sampleRate,
      random: seededRandom(seed, 'agent', chanceName(id, forks, now), step),
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
