import type { BusStatus, Subject, SubjectPattern } from './bus.js';

/** Bytes as they came in, and the way back to whoever asked for an answer. */
export interface LineMessage {
  readonly subject: Subject;
  readonly data: Uint8Array;
  respond(data: Uint8Array): void;
}

/** Who listens: neither may throw. */
export interface Ears {
  readonly hear: (message: LineMessage) => void;
  /** The server will not let this pattern be listened to. */
  readonly refused: (error: Error) => void;
}

/** Bytes over a network that may break and heal: what a bus over a server is built on. */
export interface Line {
  readonly isConnected: boolean;
  /** The largest message the server takes, in bytes. */
  readonly payloadBytesMax: number;
  /** Sends, or gives the message up when the line is down or full. Never throws. */
  send(subject: Subject, data: Uint8Array): void;
  /** Calls the ears for every message until the returned function is called. */
  listen(pattern: SubjectPattern, queue: string | undefined, ears: Ears): () => void;
  /** Asks whoever listens; rejects when nobody answers in time. */
  ask(subject: Subject, data: Uint8Array): Promise<Uint8Array>;
  /** Resolves when the server has what was sent, or when it is clear that it will not. */
  flush(): Promise<void>;
  /** Tells of losing and finding the server again, and of the end of the line. */
  onStatus(listener: (status: BusStatus) => void): void;
  /** Tells the subject of whatever the server did not let this line send. */
  onRefused(listener: (subject: Subject) => void): void;
  /** Calls back every so often, without keeping the process alive, until the line closes. */
  every(ms: number, call: () => void): void;
  pause(ms: number): Promise<void>;
  close(): Promise<void>;
}
