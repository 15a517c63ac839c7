import { lineOf } from '../../telemetry/index.js';
import type { ControlRequest, TelemetryRecord } from '../../telemetry/index.js';
import { Bulletin } from './bulletin.js';

/** A way out for telemetry. It never waits: what it cannot pass on it leaves out, and counts. */
export interface Outlet {
  /** Tells a record; `line` writes it as JSON, once for all outlets. */
  tell(record: TelemetryRecord, line: () => string): void;
  /** Lets what was told last go out, for a moment, and closes. */
  close(): Promise<void>;
}

/** What became of a request. */
export interface Answer {
  readonly done: boolean;
  readonly says: string;
}

/** Does what a watcher asks for, or refuses it in words. */
export type ControlDesk = (request: ControlRequest) => Promise<Answer>;

const NO_CONTROL = 'this run takes no controls: it was started without --control';

/** Tells every outlet what the engine tells, and remembers what newcomers must know. */
export class Broadcast {
  readonly latest: Bulletin = new Bulletin();
  readonly #outlets = new Set<Outlet>();
  #desk: ControlDesk = async () => ({ done: false, says: NO_CONTROL });

  /** Where the engine tells its records; bound, so that it can be handed on. */
  readonly tell = (record: TelemetryRecord): void => {
    this.latest.take(record);
    let written: string | undefined;
    const line = (): string => (written ??= lineOf(record));
    for (const outlet of this.#outlets) outlet.tell(record, line);
  };

  /** Tells this outlet too, from now on. */
  add(outlet: Outlet): void {
    this.#outlets.add(outlet);
  }

  /** Lets requests be done from now on; before, each is refused. */
  openDesk(desk: ControlDesk): void {
    this.#desk = desk;
  }

  /** Has a request done; a desk that fails answers with its error. */
  async ask(request: ControlRequest): Promise<Answer> {
    try {
      return await this.#desk(request);
    } catch (error) {
      return { done: false, says: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Closes every outlet. */
  async close(): Promise<void> {
    await Promise.all([...this.#outlets].map((outlet) => outlet.close()));
    this.#outlets.clear();
  }
}
