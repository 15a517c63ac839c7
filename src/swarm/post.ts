import { type Bus, type BusMessage, signalSubject } from '../bus/index.js';
import { type AgentId, type Envelope, type Samples, portName } from '../core/index.js';
import { afterSeconds } from './clock.js';
import type { Chronicle } from './chronicle.js';
import type { Delivery, Utterance } from './happening.js';
import type { Line } from './line.js';
import type { Seat } from './seat.js';
import { stamp } from './stamp.js';
import type { SwarmEvent } from './swarm-event.js';

/** Why a message did not arrive. */
export type Loss = 'brim' | 'laps' | 'crash' | 'down' | 'lost' | 'ended';

/** What the post office needs. */
export interface PostParts {
  readonly run: string;
  readonly bus: Bus;
  readonly seats: ReadonlyMap<AgentId, Seat>;
  readonly lines: readonly Line[];
  readonly chronicle: Chronicle;
  /** The earliest moment for what comes from elsewhere. */
  readonly nowElsewhere: () => Samples;
  readonly notify: (event: SwarmEvent) => void;
  /** Called when something changed that may let an agent go on. */
  readonly poke: () => void;
}

/**
 * Wall seconds after which an envelope that has not come back from a network bus counts as lost.
 */
const LOST_AFTER_SECONDS = 2;

/**
 * The agendas are bounded; a subscription that dropped on its own would only hide a loss from the
 * count.
 */
const QUEUE = { capacity: 1_000_000 } as const;

/**
 * Carries what agents say over the bus and across the links into agendas. Whatever does not
 * arrive is counted.
 */
export class Post {
  readonly #parts: PostParts;
  readonly #linesFrom = new Map<string, Line[]>();
  readonly #watches = new Map<string, () => void>();
  #connected = true;
  lapsMax = 0;
  lost = 0;
  readonly lapCounts = new Map<number, number>();

  constructor(parts: PostParts) {
    this.#parts = parts;
    for (const line of parts.lines) {
      if (!parts.seats.has(line.link.to.agent)) continue;
      const from = portName(line.link.from);
      this.#linesFrom.set(from, [...(this.#linesFrom.get(from) ?? []), line]);
    }
  }

  /** Subscribes to every port that feeds or returns into an agent of this process. */
  open(): void {
    const { bus, run } = this.#parts;
    for (const lines of this.#linesFrom.values()) {
      const { agent, port } = (lines[0] as Line).link.from;
      bus.subscribe(signalSubject(run, agent, port), QUEUE, (message) => this.#arrive(message));
    }
    bus.onStatus(({ state, says }) => {
      this.#connected = state !== 'disconnected' && state !== 'closed';
      this.#parts.notify({ type: 'bus', state, says });
      if (!this.#connected) this.#loseTransit();
    });
  }

  /** Stamps an utterance, journals it and publishes it. */
  say(seat: Seat, utterance: Utterance, time: Samples): void {
    const { bus, run, chronicle, notify } = this.#parts;
    const envelope = stamp(seat, utterance, time);
    this.lapsMax = Math.max(this.lapsMax, envelope.lap);
    this.lapCounts.set(envelope.lap, (this.lapCounts.get(envelope.lap) ?? 0) + 1);
    chronicle.said(envelope, seat.rank, seat.counts.emitted);
    if (this.#linesFrom.has(portName(envelope.source))) this.#expect(seat, envelope);
    bus.publish(signalSubject(run, envelope.source.agent, envelope.source.port), envelope);
    notify({ type: 'said', envelope });
  }

  /** Counts a delivery as dropped and journals it. */
  drop(line: Line, delivery: Delivery, reason: Loss): void {
    line.counts.dropped++;
    this.#note(line, delivery.envelope, delivery.time, delivery.sequence, reason);
  }

  /** Forgets what is still awaited. */
  close(): void {
    for (const callOff of this.#watches.values()) callOff();
    this.#watches.clear();
  }

  #expect(seat: Seat, envelope: Envelope): void {
    if (!this.#connected) {
      this.#lose(envelope);
      return;
    }
    seat.transit.set(envelope.id, envelope.time);
    if (this.#parts.bus.kind === 'embedded') return;
    const giveUp = (): void => {
      if (seat.transit.delete(envelope.id)) this.#lose(envelope);
      this.#watches.delete(envelope.id);
      this.#parts.poke();
    };
    this.#watches.set(envelope.id, afterSeconds(LOST_AFTER_SECONDS, giveUp));
    this.#awaited.set(envelope.id, envelope);
  }

  readonly #awaited = new Map<string, Envelope>();

  #loseTransit(): void {
    for (const envelope of this.#awaited.values()) {
      const seat = this.#parts.seats.get(envelope.source.agent);
      if (seat?.transit.delete(envelope.id)) this.#lose(envelope);
      this.#watches.get(envelope.id)?.();
    }
    this.#watches.clear();
    this.#awaited.clear();
    this.#parts.poke();
  }

  #lose(envelope: Envelope): void {
    this.lost++;
    this.#awaited.delete(envelope.id);
    for (const line of this.#linesFrom.get(portName(envelope.source)) ?? []) {
      line.counts.sent++;
      line.counts.dropped++;
      this.#note(line, envelope.id, envelope.time, envelope.sequence, 'lost');
    }
  }

  #arrive(message: BusMessage): void {
    const envelope = message.body as Envelope;
    const seat = this.#parts.seats.get(envelope.source.agent);
    // An own envelope that was given up for lost may still turn up; it was counted, so it stays
    // lost.
    if (seat !== undefined && !seat.transit.delete(envelope.id)) return;
    this.#watches.get(envelope.id)?.();
    this.#watches.delete(envelope.id);
    this.#awaited.delete(envelope.id);
    for (const line of this.#linesFrom.get(portName(envelope.source)) ?? []) {
      this.#route(line, envelope, seat === undefined);
    }
    this.#parts.poke();
  }

  #route(line: Line, envelope: Envelope, foreign: boolean): void {
    const crossing = line.cross(envelope);
    if (crossing.way === 'skipped') return;
    if (crossing.way !== 'sent') {
      const reason = crossing.way === 'expired' ? 'laps' : 'brim';
      this.#note(line, envelope.id, envelope.time, envelope.sequence, reason);
      return;
    }
    for (const old of crossing.givenUp) {
      this.#note(line, old.envelope, envelope.time, old.sequence, 'brim');
    }
    const target = this.#parts.seats.get(line.link.to.agent) as Seat;
    const earliest = foreign ? Math.max(target.time + 1, this.#parts.nowElsewhere()) : 0;
    const { delivery } = crossing;
    target.agenda.add(delivery.time >= earliest ? delivery : { ...delivery, time: earliest });
  }

  #note(line: Line, id: string, time: Samples, sequence: number, reason: Loss): void {
    const target = this.#parts.seats.get(line.link.to.agent);
    if (target !== undefined && reason !== 'brim') target.counts.dropped++;
    const record = { type: 'dropped', id, time, link: line.name, reason } as const;
    this.#parts.chronicle.dropped(record, target?.rank ?? 0, line.index, sequence);
  }
}
