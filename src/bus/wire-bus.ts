import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'eventemitter3';
import { UserError } from '../core/index.js';
import { BlobExchange } from './blob-exchange.js';
import { type BlobStore, createMemoryBlobStore } from './blob-store.js';
import type {
  Bus,
  BusCounts,
  BusMessage,
  BusStatus,
  Subject,
  SubjectPattern,
  SubscribeOptions,
  Subscription,
} from './bus.js';
import { type Frame, decodeFrame, encodeFrame, encodeTally } from './codec.js';
import { Courier } from './courier.js';
import { type BusOptions, busIsClosed } from './embedded-bus.js';
import type { Line, LineMessage } from './line.js';
import { type ErrorListener, Mailbox, throwLater } from './mailbox.js';
import { Heard, Said } from './sequences.js';
import { checkSubject } from './subjects.js';

/** What a bus over a line is told at its making. */
export interface WireBusOptions extends BusOptions {
  readonly run: string;
  readonly blobs?: BlobStore;
}

const TALLY_INTERVAL_MS = 1000;
const LINGER_MS = 300;
const LINGERS_MAX = 30;
const WARNINGS_MAX = 64;

/**
 * Makes a bus over a line: frames, sequence gaps, bounded queues, and large arrays by content hash.
 */
export function createWireBus(line: Line, options: WireBusOptions): Bus {
  return new WireBus(line, options);
}

class WireBus implements Bus {
  readonly kind = 'nats';
  readonly #line: Line;
  readonly #options: WireBusOptions;
  readonly #said = new Said(randomUUID());
  readonly #onError: ErrorListener;
  readonly #courier = new Courier();
  readonly #exchange: BlobExchange;
  readonly #mailboxes = new Map<Mailbox, () => void>();
  readonly #status = new EventEmitter<{ status: [BusStatus] }>();
  readonly #warned = new Set<Subject>();
  #state: 'open' | 'draining' | 'deaf' | 'closed' = 'open';
  #isAnswering = false;
  #ending: Promise<void> | undefined;
  #published = 0;
  #reconnects = 0;
  #gapsOfClosed = 0;

  constructor(line: Line, options: WireBusOptions) {
    this.#line = line;
    this.#options = options;
    this.#onError = options.onError ?? throwLater;
    this.#exchange = new BlobExchange({
      store: options.blobs ?? createMemoryBlobStore(),
      run: options.run,
      askChunk: (ask, offset) => line.ask(ask, Buffer.from(String(offset))),
    });
    line.onStatus((status) => this.#onLine(status));
    line.onRefused((subject) => this.#warnOnce(subject, mayNotSpeak(subject)));
    line.every(TALLY_INTERVAL_MS, () => this.#tellTallies());
  }

  publish(subject: Subject, body: unknown): void {
    if (this.#state !== 'open') throw busIsClosed();
    if (!this.#said.knows(subject)) checkSubject(subject);
    const stamp = this.#said.next(subject);
    const frame = encodeFrame({ ...stamp, body }, this.#exchange.outsource);
    checkPayload(frame, this.#line.payloadBytesMax, subject);
    this.#said.commit(subject, stamp.sequence);
    this.#published++;
    this.#answerForBlobs();
    this.#line.send(subject, frame);
  }

  subscribe(
    pattern: SubjectPattern,
    options: SubscribeOptions,
    hear: (message: BusMessage) => void,
  ): Subscription {
    if (this.#state !== 'open') throw busIsClosed();
    const mailbox = new Mailbox({
      pattern,
      options,
      hear,
      courier: this.#courier,
      onError: this.#onError,
      onClose: (closed) => this.#forget(closed),
    });
    const heard = new Heard();
    const leave = this.#line.listen(pattern, options.queue, {
      hear: (message) => this.#hear(mailbox, heard, message),
      refused: (error) => this.#onError(error, pattern),
    });
    this.#mailboxes.set(mailbox, leave);
    return mailbox;
  }

  onStatus(listener: (status: BusStatus) => void): () => void {
    this.#status.on('status', listener);
    return () => {
      this.#status.off('status', listener);
    };
  }

  counts(): BusCounts {
    const gaps = [...this.#mailboxes.keys()].reduce((sum, box) => sum + box.counts().gaps, 0);
    return {
      published: this.#published,
      reconnects: this.#reconnects,
      gaps: gaps + this.#gapsOfClosed,
    };
  }

  drain(): Promise<void> {
    this.#ending ??= this.#drainOnce();
    return this.#ending;
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await Promise.all([...this.#mailboxes.keys()].map((mailbox) => mailbox.close()));
    await this.#line.close();
  }

  async #drainOnce(): Promise<void> {
    if (this.#state === 'open') this.#state = 'draining';
    // Once the server has answered, all that was accepted is either here or with the others.
    await this.#line.flush();
    if (this.#state === 'draining') this.#state = 'deaf';
    await Promise.all([...this.#mailboxes.keys()].map((mailbox) => mailbox.emptied()));
    await this.#linger();
    await this.close();
  }

  /** What was said last may be an array that others are still fetching: stays until nobody asks. */
  async #linger(): Promise<void> {
    if (!this.#exchange.hasOffered) return;
    for (let n = 0; n < LINGERS_MAX && this.#line.isConnected; n++) {
      const { asked } = this.#exchange;
      await this.#line.pause(LINGER_MS);
      if (this.#exchange.asked === asked) return;
    }
  }

  /** Never throws: the client's reader would stop for good. */
  #hear(mailbox: Mailbox, heard: Heard, { subject, data }: LineMessage): void {
    if (this.#state === 'deaf' || this.#state === 'closed') return;
    let frame: Frame;
    try {
      frame = decodeFrame(data);
    } catch (error) {
      this.#refuse(mailbox, subject, error);
      return;
    }
    // Members of a queue group share one sequence among them: for each alone its jumps mean
    // nothing.
    if (mailbox.queue === undefined) mailbox.addGaps(heard.gapBefore(subject, frame));
    if (frame.says === 'message') this.#accept(mailbox, subject, frame);
  }

  #accept(mailbox: Mailbox, subject: Subject, frame: Frame & { says: 'message' }): void {
    const { sequence, blobs } = frame;
    if (blobs.length === 0) {
      mailbox.offer({ subject, sequence, body: frame.open(new Map()) });
      return;
    }
    const fill = mailbox.hold();
    void this.#exchange.fetchAll(blobs).then((fetched) => {
      fill(fetched && { subject, sequence, body: frame.open(fetched) });
    });
  }

  #refuse(mailbox: Mailbox, subject: Subject, error: unknown): void {
    mailbox.addGaps(1);
    if (this.#options.onError !== undefined) this.#options.onError(error, subject);
    else this.#warnOnce(subject, error as Error);
  }

  #warnOnce(subject: Subject, error: Error): void {
    if (this.#warned.has(subject) || this.#warned.size >= WARNINGS_MAX) return;
    this.#warned.add(subject);
    if (this.#options.onError !== undefined) this.#options.onError(error, subject);
    else process.emitWarning(`${subject}: ${error.message}`);
  }

  #answerForBlobs(): void {
    if (this.#isAnswering || !this.#exchange.hasOffered) return;
    this.#isAnswering = true;
    const pattern = `demiurge.${this.#options.run}.blob.*`;
    this.#line.listen(pattern, undefined, {
      hear: (question) => void this.#answer(question),
      refused: (error) => this.#onError(error, pattern),
    });
  }

  async #answer(question: LineMessage): Promise<void> {
    const hash = question.subject.split('.').at(-1) as string;
    const offset = Number(Buffer.from(question.data).toString('latin1'));
    if (!Number.isSafeInteger(offset) || offset < 0) return;
    const chunk = await this.#exchange.answer(hash, offset);
    if (chunk !== undefined && this.#state !== 'closed') question.respond(chunk);
  }

  #tellTallies(): void {
    if (!this.#line.isConnected) return;
    for (const [subject, stamp] of this.#said.tallies()) {
      this.#line.send(subject, encodeTally(stamp));
    }
  }

  #onLine(status: BusStatus): void {
    if (status.state === 'reconnected') this.#reconnects++;
    if (status.state === 'closed') void this.close();
    this.#status.emit('status', status);
  }

  #forget(mailbox: Mailbox): void {
    this.#gapsOfClosed += mailbox.counts().gaps;
    this.#mailboxes.get(mailbox)?.();
    this.#mailboxes.delete(mailbox);
  }
}

function mayNotSpeak(subject: Subject): UserError {
  const [, , part, who] = subject.split('.');
  const what = part === 'signal' ? `speak as ${who}` : `speak of ${part}`;
  return new UserError({ what: `the NATS server does not let this process ${what}` });
}

function checkPayload(frame: Uint8Array, bytesMax: number, subject: Subject): void {
  if (frame.byteLength <= bytesMax) return;
  throw new UserError({
    what: `a message of ${frame.byteLength} bytes is too large for the NATS server`,
    where: subject,
    allowed: `at most ${bytesMax} bytes besides typed arrays`,
    hint: 'numbers in typed arrays, which travel on their own when they are large',
  });
}
