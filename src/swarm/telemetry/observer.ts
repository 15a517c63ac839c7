import { type AgentId, type Envelope, type Samples, bytesOf } from '../../core/index.js';
import type { Alert } from '../../telemetry/index.js';
import { afterSeconds, stopwatch } from '../clock.js';
import type { Delivery } from '../happening.js';
import type { Line } from '../line.js';
import type { Seat } from '../seat.js';
import type { SwarmEvent } from '../swarm-event.js';
import { AgentWatch } from './agent-watch.js';
import { Alarm } from './alarm.js';
import { Ear } from './ear.js';
import { EngineWatch } from './engine-watch.js';
import { Family, type Kin } from './family.js';
import { levelOf, rounded } from './level.js';
import { LifeWatch } from './life-watch.js';
import { LinkWatch } from './link-watch.js';
import { LoopWatch } from './loop-watch.js';
import type { ObserverParts } from './observer-parts.js';
import { Pace } from './pace.js';
import { saidOf } from './said-of.js';
import { SoundWatch } from './sound-watch.js';
import { bringsOutside, sceneOf } from './scene-of.js';
import type { Witness } from './witness.js';

/** Wall seconds from one state to the next. */
const STATE_SECONDS = 0.25;
/** Envelopes told of in a second of wall time. */
const SAID_PER_SECOND = 200;

/**
 * Watches a run from inside and tells of it. It only looks: the music is the same, byte for byte,
 * with and without it. Everything it remembers is bounded.
 */
export class Observer implements Witness {
  readonly #parts: ObserverParts;
  readonly #family = new Family();
  readonly #agents: ReadonlyMap<AgentId, AgentWatch>;
  readonly #links: readonly LinkWatch[];
  readonly #loops: LoopWatch;
  readonly #life = new LifeWatch();
  readonly #alarm: Alarm;
  readonly #ear: Ear;
  readonly #engine = new EngineWatch();
  readonly #pace = new Pace(SAID_PER_SECOND, SAID_PER_SECOND);
  readonly #wallSeconds = stopwatch();
  readonly #outside: ReadonlySet<AgentId>;
  #leftOut = 0;
  #lagSeconds = 0;
  #checkedSecond = -1;
  #callOff = (): void => {};

  constructor(parts: ObserverParts) {
    this.#parts = parts;
    const { seats, lines, scenario, bus } = parts;
    this.#agents = new Map(
      seats.map((seat) => [seat.id, new AgentWatch(seat, feeders(seat, lines))]),
    );
    this.#links = lines.map((line) => new LinkWatch(line));
    this.#loops = new LoopWatch(parts, this.#family);
    this.#outside = new Set(scenario.cast.filter(bringsOutside).map(({ id }) => id));
    const [life, loops, family] = [this.#life, this.#loops, this.#family];
    const agents = [...this.#agents.values()];
    const tell = (alert: Alert): void => parts.tell(alert);
    const sounds = new SoundWatch();
    this.#alarm = new Alarm({ agents, loops, life, sounds, bus, tell });
    const leftOut = (): void => void this.#leftOut++;
    const { tell: say } = parts;
    this.#ear = new Ear(parts, { family, life, sounds, alarm: this.#alarm, tell: say, leftOut });
  }

  /** Tells what is going to be played: watchers need not wait until every agent is there. */
  announce(): void {
    this.tellScene();
    this.#state(0);
  }

  /** Tells where it stands, from now on. */
  begin(): void {
    this.#beat();
  }

  /** Watches no more: what was announced will not be played. */
  abandon(): void {
    this.#callOff();
    this.#engine.stop();
  }

  /** Tells where it stood in the end, at a logical time. */
  end(reason: string, ended: Samples): void {
    this.#check(this.#seconds(ended));
    this.#state(ended);
    this.abandon();
    this.#parts.tell({ type: 'ended', reason });
  }

  /** Tells the scene again, because it has changed. */
  tellScene(): void {
    this.#parts.tell(sceneOf(this.#parts));
  }

  /** Hears what every watcher hears. */
  hear(event: SwarmEvent): void {
    if (event.type === 'said') this.#said(event.envelope);
    else if (event.type !== 'progress') this.#alarm.hear(event, this.#now());
  }

  /** Called after every round of happenings. */
  round(lag: Samples): void {
    this.#lagSeconds = Math.max(this.#lagSeconds, this.#seconds(lag));
    const now = this.#now();
    if (Math.floor(now) > this.#checkedSecond) this.#check(now);
  }

  /** An envelope entered a link. */
  crossed(line: Line, envelope: Envelope): void {
    const watch = this.#links[line.index];
    if (watch !== undefined) watch.bytes += bytesOf(envelope.carries, envelope.signal);
    // What comes from elsewhere on the bus was not said here.
    const kin = this.#family.get(envelope.id) ?? this.#remember(envelope);
    if (line.link.way !== 'returns') return;
    this.#alarm.rose(this.#loops.crossed(line, kin, kin.seconds), kin.seconds);
  }

  /** A link lost a message. */
  dropped(line: Line, reason: string): void {
    this.#alarm.dropped(line, reason, this.#now());
  }

  /** An agent takes a message out of its inbox. */
  taken(seat: Seat, delivery: Delivery): void {
    const real = this.#parts.clock === 'real';
    const seconds = this.#seconds(real ? this.#parts.now() : delivery.time);
    const kin = this.#family.get(delivery.envelope);
    if (kin === undefined) return;
    this.#links[delivery.rank]?.taken(Math.max(0, seconds - kin.seconds));
    this.#ear.taken(seat, delivery, kin, this.#seconds(delivery.time));
  }

  /** An agent has computed a step. */
  stepped(seat: Seat, computeSeconds: number): void {
    this.#agents.get(seat.id)?.stepped(computeSeconds);
  }

  #said(envelope: Envelope): void {
    const { scenario, tell } = this.#parts;
    const kin = this.#remember(envelope);
    this.#agents.get(kin.agent)?.said(kin.level, kin.seconds);
    this.#ear.said(envelope, kin);
    if (!this.#pace.take()) this.#leftOut++;
    else {
      const bytes = bytesOf(envelope.carries, envelope.signal);
      tell(saidOf(envelope, kin, bytes, scenario.sampleRate));
    }
  }

  #remember(envelope: Envelope): Kin {
    const { carries, signal, source, origins } = envelope;
    const outside = this.#outside.has(source.agent) || (origins?.length ?? 0) > 0;
    const level = levelOf(carries, signal);
    return this.#family.add(envelope, this.#seconds(envelope.time), level, outside);
  }

  #beat(): void {
    this.#callOff = afterSeconds(STATE_SECONDS, () => this.#beat());
    this.#check(this.#now());
    this.#state(Math.max(0, this.#parts.now()));
  }

  #check(now: number): void {
    const second = Math.floor(now);
    if (second > this.#checkedSecond) {
      this.#checkedSecond = second;
      const life = this.#life.changed(now);
      if (life !== undefined) this.#parts.tell(life);
    }
    this.#alarm.check(now);
  }

  #state(now: Samples): void {
    const { scenario, holds, tell, lapsMax, journalEntries, restartsLeft } = this.#parts;
    const { sampleRate } = scenario;
    const seconds = this.#seconds(now);
    const lagSeconds = this.#lagSeconds;
    this.#lagSeconds = 0;
    this.#alarm.lagged(lagSeconds, seconds);
    if (this.#leftOut > 0) tell({ type: 'gap', records: this.#leftOut });
    this.#leftOut = 0;
    tell({
      type: 'state',
      seconds,
      wallSeconds: rounded(this.#wallSeconds()),
      lagSeconds: rounded(lagSeconds),
      lapsMax: lapsMax(),
      dropped: this.#links.reduce((sum, { line }) => sum + line.counts.dropped, 0),
      agents: [...this.#agents.values()].map((watch) => {
        const { id } = watch.seat;
        const muted = holds?.isMuted(id) ?? false;
        return watch.state({ now, sampleRate, restartsLeft: restartsLeft(id), muted });
      }),
      links: this.#links.map((watch) => {
        return watch.state(sampleRate, holds?.isLinkPaused(watch.line.index) ?? false, now);
      }),
      loops: this.#loops.states(seconds),
      engine: this.#engine.state(journalEntries()),
    });
  }

  #now(): number {
    return this.#seconds(Math.max(0, this.#parts.now()));
  }

  #seconds(samples: Samples): number {
    return samples / this.#parts.scenario.sampleRate;
  }
}

function feeders(seat: Seat, lines: readonly Line[]): AgentId[] {
  const from = lines.filter(({ link }) => link.to.agent === seat.id);
  return [...new Set(from.map(({ link }) => link.from.agent))];
}
