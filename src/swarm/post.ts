import { type Bus, type BusMessage, type Patience, signalSubject } from '../bus/index.js';
import { type AgentId, type Audio, type Envelope, type Samples, portName } from '../core/index.js';
import { afterSeconds } from './clock.js';
import { CONTROL_RANK, type Chronicle } from './chronicle.js';
import type { Delivery, Utterance } from './happening.js';
import { GenerationCount } from './generations.js';
import type { Line } from './line.js';
import { checkSpeaker } from './speaker.js';
import type { Seat } from './seat.js';
import { Repeats } from './repeats.js';
import { stamp } from './stamp.js';
import type { SwarmEvent } from './swarm-event.js';
import type { Witness } from './telemetry/witness.js';
import { Transit } from './transit.js';

/** Why a message did not arrive. */
export type Loss = 'brim' | 'laps' | 'crash' | 'down' | 'lost' | 'shelved';

/** What the post office needs. */
export interface PostParts {
  readonly run: string;
  readonly sampleRate: number;
  readonly bus: Bus;
  readonly seats: ReadonlyMap<AgentId, Seat>;
  readonly lines: readonly Line[];
  readonly chronicle: Chronicle;
  /** The earliest moment for what comes from elsewhere. */
  readonly nowElsewhere: () => Samples;
  readonly notify: (event: SwarmEvent) => void;
  readonly witness?: Witness | undefined;
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
  readonly #transits = new Map<string, Transit>();
  readonly #repeats = new Repeats();
  readonly #patience: Patience | undefined;
  #leave: (() => void)[] = [];
  #connected = true;
  lapsMax = 0;
  /** When the last sound said so far will have sounded. */
  soundEnd: Samples = 0;
  lost = 0;
  readonly lapCounts = new Map<number, number>();
  readonly generations = new GenerationCount();

  constructor(parts: PostParts) {
    this.#parts = parts;
    this.#patience = patienceOf(parts.bus);
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
      const hear = (message: BusMessage): void => {
        this.#arrive(checkSpeaker(message, agent, port));
      };
      const subscription = bus.subscribe(signalSubject(run, agent, port), QUEUE, hear);
      this.#leave.push(() => void subscription.close());
    }
    const forget = bus.onStatus(({ state, says }) => {
      this.#connected = state !== 'disconnected' && state !== 'closed';
      this.#parts.notify({ type: 'bus', state, says });
      if (this.#connected) return;
      for (const transit of this.#transits.values()) transit.loseAll();
    });
    this.#leave.push(forget);
  }

  /** Stamps an utterance, journals it and publishes it. */
  say(seat: Seat, utterance: Utterance, time: Samples): void {
    const { bus, run, chronicle, notify } = this.#parts;
    const envelope = stamp(seat, utterance, time);
    this.#count(envelope);
    chronicle.said(envelope, seat.rank, seat.counts.emitted);
    const port = portName(envelope.source);
    if (this.#linesFrom.has(port)) this.#expect(seat, envelope, port);
    bus.publish(signalSubject(run, envelope.source.agent, envelope.source.port), envelope);
    notify({ type: 'said', envelope });
  }

  /** Journals what the engine itself says, and brings it across a line of its own. */
  inject(envelope: Envelope, line: Line, control: number): void {
    this.#count(envelope);
    this.#parts.chronicle.said(envelope, CONTROL_RANK, control);
    this.#route(line, envelope, false);
    this.#parts.notify({ type: 'said', envelope });
  }

  #count(envelope: Envelope): void {
    const { lap, time } = envelope;
    this.lapsMax = Math.max(this.lapsMax, lap);
    this.soundEnd = Math.max(this.soundEnd, time + this.#lengthOf(envelope));
    this.lapCounts.set(lap, (this.lapCounts.get(lap) ?? 0) + 1);
    this.generations.hear(envelope);
  }

  #lengthOf({ carries, signal }: Envelope): Samples {
    if (carries !== 'audio') return 0;
    const { channels, sampleRate } = signal as Audio;
    return Math.ceil(((channels[0]?.length ?? 0) / sampleRate) * this.#parts.sampleRate);
  }

  /** Counts a delivery as dropped and journals it. */
  drop(line: Line, delivery: Delivery, reason: Loss): void {
    line.counts.dropped++;
    this.#note(line, delivery.envelope, delivery.time, delivery.sequence, reason);
  }

  /** Forgets what is still awaited and listens no more: a bus may outlive the run. */
  close(): void {
    for (const transit of this.#transits.values()) transit.close();
    for (const leave of this.#leave.splice(0)) leave();
  }

  #expect(seat: Seat, envelope: Envelope, port: string): void {
    seat.transit.set(envelope.id, envelope.time);
    const transit = this.#transitOf(port);
    transit.expect(envelope, this.#connected ? this.#patience : undefined);
    if (!this.#connected) transit.lose(envelope.id);
  }

  #transitOf(port: string): Transit {
    const known = this.#transits.get(port);
    if (known !== undefined) return known;
    const made = new Transit((said, heard) => this.#land(said, heard));
    this.#transits.set(port, made);
    return made;
  }

  #land(said: Envelope, heard: Envelope | undefined): void {
    this.#parts.seats.get(said.source.agent)?.transit.delete(said.id);
    if (heard === undefined) this.#lose(said);
    else this.#routeAll(heard, false);
    this.#parts.poke();
  }

  #lose(envelope: Envelope): void {
    this.lost++;
    for (const line of this.#linesFrom.get(portName(envelope.source)) ?? []) {
      if (!line.miss(envelope)) continue;
      this.#note(line, envelope.id, envelope.time, envelope.sequence, 'lost');
    }
  }

  #arrive(envelope: Envelope): void {
    const port = portName(envelope.source);
    if (this.#parts.seats.has(envelope.source.agent)) {
      this.#transits.get(port)?.hear(envelope);
    } else if (!this.#repeats.isRepeat(envelope, port)) {
      this.generations.hear(envelope);
      this.#routeAll(envelope, true);
      this.#parts.poke();
    }
  }

  #routeAll(envelope: Envelope, foreign: boolean): void {
    for (const line of this.#linesFrom.get(portName(envelope.source)) ?? []) {
      this.#route(line, envelope, foreign);
    }
  }

  #route(line: Line, envelope: Envelope, foreign: boolean): void {
    const target = this.#parts.seats.get(line.link.to.agent) as Seat;
    const earliest = foreign ? Math.max(target.time + 1, this.#parts.nowElsewhere()) : 0;
    const crossing = line.cross(envelope, earliest);
    if (crossing.way === 'skipped') return;
    if (crossing.way !== 'sent') {
      const reason = crossing.way === 'expired' ? 'laps' : 'brim';
      this.#note(line, envelope.id, envelope.time, envelope.sequence, reason);
      return;
    }
    this.#parts.witness?.crossed(line, envelope);
    for (const old of crossing.givenUp) {
      this.#note(line, old.envelope, envelope.time, old.sequence, 'brim');
    }
    target.agenda.add(crossing.delivery);
  }

  #note(line: Line, id: string, time: Samples, sequence: number, reason: Loss): void {
    const target = this.#parts.seats.get(line.link.to.agent);
    if (target !== undefined && reason !== 'brim') target.counts.dropped++;
    this.#parts.witness?.dropped(line, reason);
    const record = { type: 'dropped', id, time, link: line.name, reason } as const;
    this.#parts.chronicle.dropped(record, target?.rank ?? 0, line.index, sequence);
  }
}

function patienceOf({ kind, patience }: Bus): Patience | undefined {
  if (patience !== undefined) return patience;
  if (kind === 'embedded') return undefined;
  return (giveUp) => afterSeconds(LOST_AFTER_SECONDS, giveUp);
}
