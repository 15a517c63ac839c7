import { DISK, hashOf, noteShelved } from '../archive/index.js';
import { type AgentId, messageOf, toSeconds } from '../core/index.js';
import type { Chronicle } from './chronicle.js';
import type { AgentHappening, Arrival, Delivery } from './happening.js';
import type { PerformerDied } from './performer.js';
import type { Seat } from './seat.js';
import type { SwarmEvent } from './swarm-event.js';

/** What a shelf reports to, and where it stands. */
export interface ShelfParts {
  /** How often on end an agent must be lost over the same message. */
  readonly after: number;
  readonly sampleRate: number;
  /** The folder of the run. */
  readonly folder: string;
  readonly chronicle: Chronicle;
  readonly notify: (event: SwarmEvent) => void;
}

/** Messages remembered for each agent; those suspected first are forgotten first. */
const SUSPECTS_MAX = 256;

/**
 * Keeps from an agent what it dies of: a message with which it was lost so often on end is not
 * delivered to it again. The same message is the same signal at the same port, whoever says it
 * anew: an envelope is delivered once and dropped with its receiver, so its id never comes again.
 */
export class Shelf {
  readonly #parts: ShelfParts;
  /** By agent: how often on end it was lost over a message. */
  readonly #losses = new Map<AgentId, Map<string, number>>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  /** Whether what comes next is on the shelf for this agent. */
  holds(seat: Seat, happening: AgentHappening): boolean {
    const losses = this.#losses.get(seat.id);
    if (losses === undefined || happening.type !== 'delivery') return false;
    return (losses.get(nameOf(happening.arrival)) ?? 0) >= this.#parts.after;
  }

  /** Notes that the agent heard a message to its end: it did no harm. */
  heard(seat: Seat, { arrival }: Delivery): void {
    const losses = this.#losses.get(seat.id);
    if (losses === undefined) return;
    losses.delete(nameOf(arrival));
    if (losses.size === 0) this.#losses.delete(seat.id);
  }

  /** Notes that the agent was lost while it heard a message, which may shelve it. */
  lostOver(seat: Seat, delivery: Delivery, death: PerformerDied): void {
    const losses = this.#losses.get(seat.id) ?? new Map<string, number>();
    this.#losses.set(seat.id, losses);
    const name = nameOf(delivery.arrival);
    const times = (losses.get(name) ?? 0) + 1;
    losses.set(name, times);
    if (losses.size > SUSPECTS_MAX) losses.delete(losses.keys().next().value as string);
    if (times === this.#parts.after) this.#shelve(seat.id, delivery, death);
  }

  #shelve(agent: AgentId, { envelope: id, arrival, time }: Delivery, death: PerformerDied): void {
    const { after, sampleRate, folder, chronicle, notify } = this.#parts;
    const { port, signal } = arrival;
    const why = `${agent} ${death.how} over it, ${after} times on end: ${death.message}`;
    let says = `${id} at ${port}: ${why}`;
    try {
      const record = { id, agent, port, time, why, hash: signalHash(signal) };
      noteShelved(folder, record, toSeconds(time, sampleRate), DISK);
    } catch (error) {
      // A disk that will not take the evidence stops nothing.
      says = `${says} (and it could not be kept: ${messageOf(error)})`;
    }
    chronicle.happened({ type: 'happened', time, what: 'shelved', agent, says });
    notify({ type: 'shelved', agent, says });
  }
}

function nameOf({ port, signal }: Arrival): string {
  return `${port} ${signalHash(signal)}`;
}

/** Arrays by the hash of their bytes, and the rest as it is. */
function signalHash(signal: Arrival['signal']): string {
  const text = JSON.stringify(signal, (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? hashOf(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      : value,
  );
  return hashOf(text);
}
