import { readRecord } from './record.js';
import type { LineHearer, TelemetryLine } from './telemetry-line.js';

/** What a line needs of a bus. */
export interface TelemetryBus {
  publish(subject: string, body: unknown): void;
  subscribe(
    pattern: string,
    options: { readonly capacity: number },
    hear: (message: { readonly subject: string; readonly body: unknown }) => void,
  ): { close(): Promise<void> };
  onStatus(listener: (status: { readonly state: string }) => void): () => void;
}

const CAPACITY = 512;

/** Where a run takes requests from watchers. */
export function requestSubject(run: string): string {
  return `demiurge.${run}.control.request`;
}

/** Where a watcher says that it has come and knows nothing yet. */
export function helloSubject(run: string): string {
  return `demiurge.${run}.control.telemetry`;
}

/** Listens to a run over a bus, and asks to be told what stands; closing leaves the bus open. */
export function openBusLine(bus: TelemetryBus, run: string, hearer: LineHearer): TelemetryLine {
  const pattern = `demiurge.${run}.telemetry.>`;
  let isPaused = false;
  const subscription = bus.subscribe(pattern, { capacity: CAPACITY }, ({ body }) => {
    const record = isPaused ? undefined : readRecord(body);
    if (record !== undefined) hearer.hear(record);
  });
  const leave = bus.onStatus(({ state }) => {
    if (state === 'disconnected' || state === 'closed') hearer.gone();
  });
  // Without leave to speak nothing comes of it, and what stands is repeated anyway.
  bus.publish(helloSubject(run), {});
  return {
    send: (request) => bus.publish(requestSubject(run), request),
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
    close: () => {
      leave();
      void subscription.close();
    },
  };
}

/** Calls back with the id of every run that tells its scene on the bus, again and again. */
export function onRunsOf(bus: TelemetryBus, found: (run: string) => void): () => void {
  const pattern = 'demiurge.*.telemetry.scene';
  const subscription = bus.subscribe(pattern, { capacity: CAPACITY }, ({ subject }) => {
    const run = subject.split('.')[1];
    if (run !== undefined) found(run);
  });
  return () => void subscription.close();
}
