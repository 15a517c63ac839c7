import type { BusStatus } from '../../src/bus/index.js';
import type { Ears, Line, LineMessage } from '../../src/bus/line.js';
import { matches } from '../../src/bus/subjects.js';

interface Listening {
  readonly pattern: string;
  readonly queue: string | undefined;
  readonly ears: Ears;
}

/** A server in memory to which several lines connect, and which can be taken away. */
export class FakeServer {
  readonly lines = new Set<FakeLine>();
  isUp = true;
  #turn = 0;

  /** Connects one more line. */
  line(): FakeLine {
    const line = new FakeLine(this);
    this.lines.add(line);
    return line;
  }

  /** Brings a message to whoever listens, to one of each queue group; false when nobody does. */
  carry(message: LineMessage): boolean {
    const hearing = [...this.lines].flatMap((line) => line.listening(message.subject));
    const served = new Set<string>();
    this.#turn++;
    for (const { queue, ears } of this.#turn % 2 === 0 ? hearing : hearing.reverse()) {
      if (queue !== undefined && served.has(queue)) continue;
      if (queue !== undefined) served.add(queue);
      ears.hear(message);
    }
    return hearing.length > 0;
  }

  /** Takes the server away, or gives it back, and tells everyone. */
  turn(up: boolean): void {
    this.isUp = up;
    for (const line of this.lines) {
      line.tell({ state: up ? 'reconnected' : 'disconnected', says: 'as the test wishes' });
    }
  }

  /** Lets a second pass for every line. */
  tick(): void {
    for (const line of this.lines) line.tick();
  }
}

/** One connection to a FakeServer; what is sent arrives at once. */
export class FakeLine implements Line {
  readonly #server: FakeServer;
  readonly #ears: Listening[] = [];
  readonly #listeners: ((status: BusStatus) => void)[] = [];
  readonly #refused: ((subject: string) => void)[] = [];
  readonly #calls: (() => void)[] = [];
  payloadBytesMax = 1024 * 1024;
  sent: { subject: string; data: Uint8Array }[] = [];
  pauses = 0;

  constructor(server: FakeServer) {
    this.#server = server;
  }

  get isConnected(): boolean {
    return this.#server.isUp;
  }

  send(subject: string, data: Uint8Array): void {
    if (!this.#server.isUp) return;
    this.sent.push({ subject, data });
    this.#server.carry({ subject, data, respond: () => {} });
  }

  listen(pattern: string, queue: string | undefined, ears: Ears): () => void {
    const entry = { pattern, queue, ears };
    this.#ears.push(entry);
    return () => {
      this.#ears.splice(this.#ears.indexOf(entry), 1);
    };
  }

  ask(subject: string, data: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (!this.#server.carry({ subject, data, respond: resolve })) reject(new Error('503'));
    });
  }

  listening(subject: string): readonly Listening[] {
    return this.#ears.filter(({ pattern }) => matches(pattern, subject));
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  onStatus(listener: (status: BusStatus) => void): void {
    this.#listeners.push(listener);
  }

  tell(status: BusStatus): void {
    for (const listener of this.#listeners) listener(status);
  }

  onRefused(listener: (subject: string) => void): void {
    this.#refused.push(listener);
  }

  /** The server will not have had what was said on this subject. */
  refuse(subject: string): void {
    for (const listener of this.#refused) listener(subject);
  }

  every(_ms: number, call: () => void): void {
    this.#calls.push(call);
  }

  tick(): void {
    for (const call of this.#calls) call();
  }

  pause(): Promise<void> {
    this.pauses++;
    return new Promise((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    this.#server.lines.delete(this);
    this.tell({ state: 'closed', says: 'closed' });
  }
}
