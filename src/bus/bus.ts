/**
 * `demiurge.<run>.signal.<agent>.<port>`, `demiurge.<run>.telemetry.…` or
 * `demiurge.<run>.control.…`.
 */
export type Subject = string;

/** A subject in which `*` stands for one token and a last `>` for the rest. */
export type SubjectPattern = string;

/** What a full queue gives up: the oldest, the newest, or everything but the latest. */
export type Overflow = 'drop-oldest' | 'drop-newest' | 'keep-latest';

/** One message as a subscriber gets it: a copy of its own. */
export interface BusMessage {
  readonly subject: Subject;
  /** The publisher's count for this subject, from 1. */
  readonly sequence: number;
  /**
   * An envelope, or a plain record: objects, arrays, strings, numbers, booleans and typed arrays.
   */
  readonly body: unknown;
}

/** How a subscriber listens. */
export interface SubscribeOptions {
  /** Messages that may wait for the subscriber; 1024 unless said otherwise. */
  readonly capacity?: number;
  /** `drop-oldest` unless said otherwise. */
  readonly overflow?: Overflow;
  /**
   * Of all subscribers of one queue group, whatever their patterns, each message reaches exactly
   * one. Members count no gaps, because the sequence is shared out among them.
   */
  readonly queue?: string;
}

/** A subscriber's place on the bus. */
export interface Subscription {
  readonly pattern: SubjectPattern;
  /**
   * Messages waiting, handed over, given up by the full queue, and lost on the way (sequence gaps).
   */
  counts(): { pending: number; delivered: number; overflowed: number; gaps: number };
  close(): Promise<void>;
}

/** What happens to the bus itself. */
export interface BusStatus {
  readonly state: 'connected' | 'disconnected' | 'reconnected' | 'closed';
  readonly says: string;
}

/** What a bus has been through. */
export interface BusCounts {
  /** Messages this bus accepted, whether or not they could leave. */
  readonly published: number;
  readonly reconnects: number;
  /** Messages known to be lost, over all subscriptions there ever were; each counts its own. */
  readonly gaps: number;
}

/** Waits as long as a message may take, then calls `giveUp`; returns what calls it off. */
export type Patience = (giveUp: () => void) => () => void;

/**
 * A place where agents speak without knowing who listens. Delivery is by macro-task, and in the
 * order of publishing for the messages of one publisher to one subscription.
 */
export interface Bus {
  readonly kind: 'embedded' | 'nats';
  /**
   * How long who said something waits to hear it too before it counts as lost, on a bus that knows
   * better than its kind tells. Without it nothing is ever lost on `embedded`.
   */
  readonly patience?: Patience;
  /**
   * Says something; what is said is copied at once. Throws a UserError when the subject is none,
   * the body cannot travel, or the bus is draining or closed. While a server is away it does not
   * throw: the loss shows as a gap where it would have been heard.
   */
  publish(subject: Subject, body: unknown): void;
  /**
   * Listens. What `hear` throws goes to the bus's `onError` and stops nobody else. Throws a
   * UserError for a pattern that is none and when the bus is draining or closed.
   */
  subscribe(
    pattern: SubjectPattern,
    options: SubscribeOptions,
    hear: (message: BusMessage) => void,
  ): Subscription;
  /** Tells of changes from now on; returns how to stop listening. */
  onStatus(listener: (status: BusStatus) => void): () => void;
  counts(): BusCounts;
  /**
   * Refuses new work (also what subscribers would answer meanwhile), delivers what was accepted,
   * then closes.
   */
  drain(): Promise<void>;
  /** Closes at once; what still waits is never handed over. */
  close(): Promise<void>;
}
