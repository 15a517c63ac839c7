import { z } from 'zod';

/** Everything a watcher may ask an engine to do; each goes through the journal. */
const control = z.discriminatedUnion('name', [
  z.object({ name: z.literal('pause-loop'), loop: z.number(), on: z.boolean() }),
  z.object({ name: z.literal('mute'), agent: z.string(), on: z.boolean() }),
  /** Mutes every other agent that speaks to a recorder; `on: false` brings them back. */
  z.object({ name: z.literal('solo'), agent: z.string(), on: z.boolean() }),
  /** Nothing reaches a recorder, while everything else goes on. */
  z.object({ name: z.literal('quiet'), on: z.boolean() }),
  z.object({ name: z.literal('gain'), link: z.number(), gain: z.number().min(0).max(16) }),
  z.object({
    name: z.literal('delay'),
    link: z.number(),
    delaySeconds: z.number().positive().max(3600),
  }),
  /** A recording of the engine's machine, said to a port that hears audio. */
  z.object({ name: z.literal('inject'), agent: z.string(), port: z.string(), file: z.string() }),
  /** A second of noise that a seed determines, said to a port that hears audio. */
  z.object({
    name: z.literal('seed'),
    agent: z.string(),
    port: z.string(),
    seed: z.number().int().min(0),
  }),
  z.object({ name: z.literal('restart'), agent: z.string() }),
]);

const request = z.object({ v: z.literal(1), request: z.number(), control });

/** Something to be done to a running swarm. */
export type ControlRequest = z.output<typeof control>;
/** A control with the number under which it is answered. */
export type TelemetryRequest = z.output<typeof request>;

/** A control from data; undefined for one that is broken. */
export function parseControl(data: unknown): ControlRequest | undefined {
  return control.safeParse(data).data;
}

/** Reads a line that a watcher sent; undefined for one that is broken. */
export function parseRequest(line: string): TelemetryRequest | undefined {
  try {
    return readRequest(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** A request from data that came over a bus; undefined for one that is broken. */
export function readRequest(data: unknown): TelemetryRequest | undefined {
  return request.safeParse(data).data;
}
