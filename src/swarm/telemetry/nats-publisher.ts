import { type Bus, telemetrySubject } from '../../bus/index.js';
import { UserError } from '../../core/index.js';
import { helloSubject, readRequest, requestSubject } from '../../telemetry/index.js';
import type { TelemetryRecord } from '../../telemetry/index.js';
import { afterSeconds } from '../clock.js';
import type { Broadcast, Outlet } from './broadcast.js';
import { WatcherQueue } from './watcher-queue.js';

const EVERY_SECONDS = 0.1;
/** At most 2.5 MB a second beside the music. */
const BYTES_AT_ONCE = 256 * 1024;
/** Who may only listen cannot ask what stands, so it is said again and again. */
const REPEAT_TURNS = 20;
const REQUESTS_MAX = 16;

/**
 * Tells a run's telemetry on its bus, on `demiurge.<run>.telemetry.<type>`, and takes requests on
 * `demiurge.<run>.control.request`, until the run has ended or the bus is closed.
 */
export function publishTelemetry(bus: Bus, run: string, broadcast: Broadcast): void {
  broadcast.add(new Publisher(bus, run, broadcast));
}

class Publisher implements Outlet {
  readonly #bus: Bus;
  readonly #run: string;
  readonly #broadcast: Broadcast;
  readonly #queue = new WatcherQueue<TelemetryRecord>();
  #callOff: () => void = () => {};
  #turns = 0;
  #asked = 0;
  #isOver = false;

  constructor(bus: Bus, run: string, broadcast: Broadcast) {
    this.#bus = bus;
    this.#run = run;
    this.#broadcast = broadcast;
    bus.onStatus(({ state }) => {
      if (state === 'closed') this.#end();
    });
    bus.subscribe(helloSubject(run), { capacity: 1, overflow: 'keep-latest' }, () => {
      this.#repeat();
    });
    bus.subscribe(requestSubject(run), { capacity: REQUESTS_MAX }, ({ body }) => {
      void this.#answer(body);
    });
    this.#turn();
  }

  tell(record: TelemetryRecord, line: () => string): void {
    if (this.#isOver) return;
    this.#queue.offer(record, record, line().length);
    if (record.type !== 'ended') return;
    // The bus drains right after this.
    this.#publish(Number.MAX_SAFE_INTEGER);
    this.#end();
  }

  async close(): Promise<void> {
    this.#end();
  }

  #end(): void {
    this.#isOver = true;
    this.#callOff();
  }

  #turn(): void {
    this.#callOff = afterSeconds(EVERY_SECONDS, () => {
      this.#turns++;
      if (this.#turns % REPEAT_TURNS === 0) this.#repeat();
      this.#publish(BYTES_AT_ONCE);
      this.#turn();
    });
  }

  #repeat(): void {
    for (const record of this.#broadcast.latest.standing()) {
      this.#queue.offer(record, record, JSON.stringify(record).length);
    }
  }

  #publish(bytesMax: number): void {
    const records = this.#queue.take(bytesMax);
    const missed = this.#queue.takeMissed() + records.filter((one) => !this.#say(one)).length;
    if (missed > 0) this.#say({ type: 'gap', records: missed });
  }

  /** Whether it could be said: a record too large for the server is left out, and counted. */
  #say(record: TelemetryRecord): boolean {
    try {
      this.#bus.publish(telemetrySubject(this.#run, record.type), record);
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  }

  async #answer(body: unknown): Promise<void> {
    const request = readRequest(body);
    if (request === undefined || this.#asked >= REQUESTS_MAX) return;
    this.#asked++;
    const answer = await this.#broadcast.ask(request.control);
    this.#asked--;
    if (!this.#isOver) this.#say({ type: 'answer', request: request.request, ...answer });
  }
}
