import type {
  ControlRequest,
  LineHearer,
  TelemetryLine,
  TelemetryRecord,
} from '../../src/telemetry/index.js';
import type { WallClock } from '../clock.js';

/** How the watcher stands to the engine, and since which wall time. */
export interface Presence {
  readonly word: 'WAITING' | 'LIVE' | 'LOST' | 'ENDED';
  readonly sinceMs: number;
  /** Why it ended. */
  readonly reason?: string;
}

/** What became of a request. */
export interface Answer {
  readonly done: boolean;
  readonly says: string;
}

/** What an attachment is made of. */
export interface AttachmentParts {
  /** Opens a line; rejects when the engine is not there. */
  readonly open: (hearer: LineHearer) => Promise<TelemetryLine>;
  readonly clock: WallClock;
  readonly hear: (record: TelemetryRecord) => void;
  /** Told of every change of presence, and never of none. */
  readonly changed: (presence: Presence) => void;
  /** Numbers requests from here: apart from other watchers', where all hear all answers. */
  readonly firstRequest?: number;
  /** How long the engine may say nothing; it says something every second. */
  readonly silenceMs?: number;
}

const SILENCE_MS = 2500;
const RETRY_MS = 250;
const RETRY_MS_MAX = 2000;
const ANSWER_MS = 5000;
const LOST: Answer = { done: false, says: 'the engine is lost: nothing can be asked of it' };
const SILENT: Answer = { done: false, says: 'no answer: perhaps watching is all that is allowed' };

/** Stays with an engine: comes back for ever when it is lost, until it says that it has ended. */
export class Attachment {
  readonly #parts: AttachmentParts;
  readonly #asked = new Map<number, (answer: Answer) => void>();
  #line: TelemetryLine | undefined;
  #presence: Presence;
  #retryMs = RETRY_MS;
  #request: number;
  /** Counts lines, so that one that was given up has no say any more. */
  #lines = 0;
  #callOff: () => void = () => {};
  #isClosed = false;

  constructor(parts: AttachmentParts) {
    this.#parts = parts;
    this.#request = parts.firstRequest ?? 0;
    this.#presence = { word: 'WAITING', sinceMs: parts.clock.nowMs() };
    void this.#open();
  }

  get presence(): Presence {
    return this.#presence;
  }

  /** Asks the engine to do something; resolves to its answer, also when none comes. */
  ask(control: ControlRequest): Promise<Answer> {
    const line = this.#line;
    if (line === undefined || this.#presence.word !== 'LIVE') return Promise.resolve(LOST);
    const request = ++this.#request;
    return new Promise((resolve) => {
      const callOff = this.#parts.clock.after(ANSWER_MS, () => settle(SILENT));
      const settle = (answer: Answer): void => {
        callOff();
        this.#asked.delete(request);
        resolve(answer);
      };
      this.#asked.set(request, settle);
      line.send({ v: 1, request, control });
    });
  }

  /** Leaves the engine for good. */
  close(): void {
    this.#isClosed = true;
    this.#lines++;
    this.#callOff();
    this.#line?.close();
    for (const settle of this.#asked.values()) settle(LOST);
  }

  async #open(): Promise<void> {
    const number = ++this.#lines;
    const isOld = (): boolean => number !== this.#lines;
    try {
      const line = await this.#parts.open({
        hear: (record) => {
          if (!isOld()) this.#hear(record);
        },
        gone: () => {
          if (!isOld()) this.#lose();
        },
      });
      if (isOld()) line.close();
      else this.#line = line;
      if (!isOld()) this.#expect();
    } catch {
      // Not there, or not yet: what it says does not matter, only that it is tried again.
      if (!isOld()) this.#lose();
    }
  }

  #hear(record: TelemetryRecord): void {
    this.#retryMs = RETRY_MS;
    this.#expect();
    if (record.type === 'ended') this.#become('ENDED', record.reason);
    else if (this.#presence.word !== 'ENDED') this.#become('LIVE');
    if (record.type === 'answer') this.#asked.get(record.request)?.(record);
    this.#parts.hear(record);
  }

  /** Whoever says nothing for too long is lost, though the line may still hold. */
  #expect(): void {
    this.#callOff();
    const silence = this.#parts.silenceMs ?? SILENCE_MS;
    this.#callOff = this.#parts.clock.after(silence, () => this.#lose());
  }

  #lose(): void {
    this.#lines++;
    this.#callOff();
    this.#line?.close();
    this.#line = undefined;
    for (const settle of this.#asked.values()) settle(LOST);
    if (this.#isClosed || this.#presence.word === 'ENDED') return;
    this.#become('LOST');
    this.#callOff = this.#parts.clock.after(this.#retryMs, () => void this.#open());
    this.#retryMs = Math.min(RETRY_MS_MAX, this.#retryMs * 2);
  }

  #become(word: Presence['word'], reason?: string): void {
    if (word === this.#presence.word) return;
    const sinceMs = this.#parts.clock.nowMs();
    this.#presence = { word, sinceMs, ...(reason === undefined ? {} : { reason }) };
    this.#parts.changed(this.#presence);
  }
}
