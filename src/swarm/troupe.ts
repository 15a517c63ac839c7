import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../core/index.js';
import { afterAwake } from './clock.js';
import { hung } from './hang.js';
import { type Death, PerformerDied } from './performer.js';
import type { TroupeReply, TroupeRequest } from './troupe-protocol.js';

interface Pending {
  readonly patienceSeconds: number;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A request without its ticket. */
export type TroupeCall = TroupeRequest extends infer R
  ? R extends TroupeRequest
    ? Omit<R, 'ticket'>
    : never
  : never;

function entry(): string {
  // Tests run the sources, but a process of its own needs compiled files.
  const here = import.meta.url;
  const home = here.endsWith('.ts') ? '../../dist/src/swarm/troupe-main.js' : './troupe-main.js';
  return fileURLToPath(new URL(home, here));
}

/**
 * An operating-system process that plays one or more agents; may be killed at any moment and
 * brought up again.
 */
export class Troupe {
  readonly #log: string | undefined;
  readonly #pending = new Map<number, Pending>();
  readonly #mourners: ((death: Death) => void)[] = [];
  /** The request whose answer is waited for, and what ends the wait. */
  #awaited: number | undefined;
  #callOff = (): void => {};
  #child: ChildProcess | undefined;
  #tickets = 0;
  #closing = false;

  constructor(log?: string) {
    this.#log = log;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Calls back when the process dies without having been asked to. */
  onDeath(mourner: (death: Death) => void): void {
    this.#mourners.push(mourner);
  }

  /**
   * Sends a request, bringing the process up if it is down; rejects with PerformerDied when it
   * dies meanwhile, or is killed because the answer took more than so many seconds from when
   * those before it were answered.
   */
  call(call: TroupeCall, patienceSeconds: number): Promise<unknown> {
    const child = this.#child ?? this.#bringUp();
    const ticket = ++this.#tickets;
    return new Promise((resolve, reject) => {
      this.#pending.set(ticket, { patienceSeconds, resolve, reject });
      this.#await();
      child.send({ ...call, ticket }, (error) => {
        if (error !== null) this.#lose(ticket, { how: 'died', says: error.message });
      });
    });
  }

  /** Ends the process. */
  async close(): Promise<void> {
    const child = this.#child;
    this.#closing = true;
    if (child === undefined) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  #bringUp(): ChildProcess {
    const log = this.#log === undefined ? 'ignore' : openSync(this.#log, 'a');
    const child = fork(entry(), [], {
      serialization: 'advanced',
      stdio: ['ignore', log, log, 'ipc'],
      execArgv: [],
    });
    if (typeof log === 'number') closeSync(log);
    child.on('message', (reply: TroupeReply) => this.#hear(reply));
    child.on('error', (error) => this.#die(child, { how: 'died', says: error.message }));
    child.on('exit', (code, signal) => {
      this.#die(child, { how: 'died', says: signal ?? `exit code ${code}` });
    });
    this.#child = child;
    return child;
  }

  #hear(reply: TroupeReply): void {
    this.#settle(reply.ticket, (pending) => {
      if (reply.ok) pending.resolve(reply.answer);
      else pending.reject(new UserError({ what: reply.says }));
    });
  }

  #settle(ticket: number, how: (pending: Pending) => void): void {
    const pending = this.#pending.get(ticket);
    this.#pending.delete(ticket);
    this.#await();
    if (pending !== undefined) how(pending);
  }

  #lose(ticket: number, death: Death): void {
    this.#settle(ticket, (pending) => pending.reject(new PerformerDied(death)));
  }

  /** Waits for the oldest request only: those behind it may be waiting for it themselves. */
  #await(): void {
    const [oldest] = this.#pending;
    if (oldest?.[0] === this.#awaited) return;
    this.#callOff();
    this.#awaited = oldest?.[0];
    if (oldest === undefined) return;
    const { patienceSeconds } = oldest[1];
    this.#callOff = afterAwake(patienceSeconds, () => {
      // A stopped process dies of this too, but it may take its time to be gone.
      const child = this.#child as ChildProcess;
      child.kill('SIGKILL');
      this.#die(child, hung(patienceSeconds));
    });
  }

  #die(child: ChildProcess, death: Death): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    const tickets = [...this.#pending.keys()];
    for (const ticket of tickets) this.#lose(ticket, death);
    if (!this.#closing) for (const mourner of this.#mourners) mourner(death);
  }
}
