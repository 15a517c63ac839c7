/** `demiurge.<run>.signal.<agent>.<port>`, `demiurge.<run>.telemetry.…`, `demiurge.<run>.control.…`. */
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
  /** An envelope, or a plain record: objects, arrays, strings, numbers, booleans and typed arrays. */
  readonly body: unknown;
}

/** How a subscriber listens. */
export interface SubscribeOptions {
  /** Messages that may wait for the subscriber. */
  readonly capacity?: number;
  readonly overflow?: Overflow;
  /** Of all subscribers of one queue group each message reaches exactly one. */
  readonly queue?: string;
}

/** A subscriber's place on the bus. */
export interface Subscription {
  readonly pattern: SubjectPattern;
  /** Messages waiting, handed over, given up by the full queue, and lost on the way (sequence gaps). */
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
  readonly published: number;
  readonly reconnects: number;
  /** Messages known to be lost, over all subscriptions. */
  readonly gaps: number;
}

/** A place where agents speak without knowing who listens. Delivery is by macro-task, in order per subject. */
export interface Bus {
  readonly kind: 'embedded' | 'nats';
  publish(subject: Subject, body: unknown): void;
  subscribe(
    pattern: SubjectPattern,
    options: SubscribeOptions,
    hear: (message: BusMessage) => void,
  ): Subscription;
  onStatus(listener: (status: BusStatus) => void): () => void;
  counts(): BusCounts;
  /** Refuses new work, delivers what was accepted, then closes. */
  drain(): Promise<void>;
  /** Closes at once. */
  close(): Promise<void>;
}
