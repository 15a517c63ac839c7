import { EventEmitter } from 'eventemitter3';
import { UserError } from '../core/index.js';
import { copyBody } from './body.js';
import type {
  Bus,
  BusCounts,
  BusMessage,
  BusStatus,
  SubscribeOptions,
  Subscription,
} from './bus.js';
import type { Subject, SubjectPattern } from './bus.js';
import { Courier } from './courier.js';
import { type ErrorListener, Mailbox, throwLater } from './mailbox.js';
import { checkSubject, matches } from './subjects.js';

/** What any bus may be told at its making. */
export interface BusOptions {
  /**
   * Hears what subscribers throw; without it the error is thrown in a task of its own and ends the
   * process.
   */
  readonly onError?: ErrorListener;
}

/**
 * Makes a bus inside this process: NATS subjects and queue groups, nothing to install, nothing ever
 * lost on the way.
 */
export function createEmbeddedBus(options: BusOptions = {}): Bus {
  return new EmbeddedBus(options.onError ?? throwLater);
}

/**
 * One publication: the first to take it gets the copy made at publishing, the others a copy of
 * that.
 */
interface Parcel {
  readonly subject: Subject;
  readonly sequence: number;
  readonly body: unknown;
  taken: boolean;
}

/** Subjects whose listeners are remembered; beyond it they are found anew. */
const SUBJECTS_REMEMBERED_MAX = 8192;

class EmbeddedBus implements Bus {
  readonly kind = 'embedded';
  readonly #onError: ErrorListener;
  readonly #courier = new Courier();
  readonly #mailboxes = new Set<Mailbox>();
  /**
   * Per known subject, whoever matches it: patterns are compared once per subject, not per message.
   */
  readonly #routes = new EventEmitter<Record<Subject, [Parcel]>>();
  readonly #routed = new Set<Subject>();
  readonly #sequences = new Map<Subject, number>();
  readonly #turns = new Map<string, number>();
  readonly #status = new EventEmitter<{ status: [BusStatus] }>();
  #state: 'open' | 'draining' | 'closed' = 'open';
  #published = 0;

  constructor(onError: ErrorListener) {
    this.#onError = onError;
  }

  publish(subject: Subject, body: unknown): void {
    this.#checkOpen();
    const known = this.#sequences.get(subject);
    if (known === undefined) checkSubject(subject);
    const copy = copyBody(body);
    const sequence = (known ?? 0) + 1;
    this.#sequences.set(subject, sequence);
    this.#published++;
    this.#route(subject);
    this.#routes.emit(subject, { subject, sequence, body: copy, taken: false });
  }

  subscribe(
    pattern: SubjectPattern,
    options: SubscribeOptions,
    hear: (message: BusMessage) => void,
  ): Subscription {
    this.#checkOpen();
    const mailbox = new Mailbox({
      pattern,
      options,
      hear,
      courier: this.#courier,
      onError: this.#onError,
      onClose: (closed) => this.#forget(closed),
    });
    this.#mailboxes.add(mailbox);
    this.#unroute();
    return mailbox;
  }

  onStatus(listener: (status: BusStatus) => void): () => void {
    this.#status.on('status', listener);
    return () => {
      this.#status.off('status', listener);
    };
  }

  counts(): BusCounts {
    return { published: this.#published, reconnects: 0, gaps: 0 };
  }

  async drain(): Promise<void> {
    if (this.#state === 'open') this.#state = 'draining';
    await Promise.all([...this.#mailboxes].map((mailbox) => mailbox.emptied()));
    await this.close();
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await Promise.all([...this.#mailboxes].map((mailbox) => mailbox.close()));
    this.#status.emit('status', { state: 'closed', says: 'the embedded bus is closed' });
    this.#status.removeAllListeners();
  }

  #checkOpen(): void {
    if (this.#state !== 'open') throw busIsClosed();
  }

  #forget(mailbox: Mailbox): void {
    this.#mailboxes.delete(mailbox);
    this.#unroute();
  }

  /** Whoever joins or leaves may change every route; they are found again at the next message. */
  #unroute(): void {
    this.#routes.removeAllListeners();
    this.#routed.clear();
  }

  #route(subject: Subject): void {
    if (this.#routed.has(subject)) return;
    if (this.#routed.size >= SUBJECTS_REMEMBERED_MAX) this.#unroute();
    this.#routed.add(subject);
    const hearing = [...this.#mailboxes].filter((mailbox) => matches(mailbox.pattern, subject));
    for (const queue of new Set(hearing.map((mailbox) => mailbox.queue))) {
      const members = hearing.filter((mailbox) => mailbox.queue === queue);
      this.#attach(subject, queue, members);
    }
  }

  #attach(subject: Subject, queue: string | undefined, members: readonly Mailbox[]): void {
    if (queue === undefined) {
      for (const member of members) this.#routes.on(subject, (parcel) => hand(parcel, member));
    } else {
      this.#routes.on(subject, (parcel) => hand(parcel, this.#nextOf(queue, members)));
    }
  }

  /**
   * Round robin over the whole group, whatever the subject, so that the same run shares out the
   * same way.
   */
  #nextOf(queue: string, members: readonly Mailbox[]): Mailbox {
    const turn = this.#turns.get(queue) ?? 0;
    this.#turns.set(queue, turn + 1);
    return members[turn % members.length] as Mailbox;
  }
}

function hand(parcel: Parcel, mailbox: Mailbox): void {
  const { subject, sequence, taken } = parcel;
  const body = taken ? copyBody(parcel.body) : parcel.body;
  parcel.taken = true;
  mailbox.offer({ subject, sequence, body });
}

/** The error of a publish or subscribe on a bus that is draining or closed. */
export function busIsClosed(): UserError {
  return new UserError({
    what: 'the bus is closing or closed and takes nothing new',
    retryable: false,
  });
}
