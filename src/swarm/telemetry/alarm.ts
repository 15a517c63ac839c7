import {
  Activity,
  type Alert,
  AlertBook,
  type AlertWord,
  type Finding,
  Lateness,
  RUNAWAY_TURNS,
  engineTroubles,
  runawayOf,
  silentOf,
} from '../../telemetry/index.js';
import type { Line } from '../line.js';
import type { SwarmEvent } from '../swarm-event.js';
import type { AgentWatch } from './agent-watch.js';
import type { LifeWatch } from './life-watch.js';
import type { LoopWatch } from './loop-watch.js';
import type { SoundWatch } from './sound-watch.js';

/** Whom the alarm watches, and whom it tells. */
export interface AlarmParts {
  readonly agents: readonly AgentWatch[];
  readonly loops: LoopWatch;
  readonly life: LifeWatch;
  readonly sounds: SoundWatch;
  readonly bus: string;
  readonly tell: (alert: Alert) => void;
}

/** Applies the rules for alerts and tells each once. */
export class Alarm {
  readonly #parts: AlarmParts;
  readonly #book = new AlertBook();
  readonly #troubles = engineTroubles();
  readonly #lateness = new Lateness();
  /** When anything sounded. */
  readonly sounded = new Activity();

  constructor(parts: AlarmParts) {
    this.#parts = parts;
  }

  /** Notes how many turns on end have risen: the fifth is told at once. */
  rose(turns: number, nowSeconds: number): void {
    if (turns < RUNAWAY_TURNS) return;
    this.#settle(
      'RUNAWAY',
      runawayOf(this.#parts.loops.rising(nowSeconds), nowSeconds),
      nowSeconds,
    );
  }

  /** Notes how late the engine is. */
  lagged(lagSeconds: number, nowSeconds: number): void {
    this.#lateness.add(lagSeconds, nowSeconds);
  }

  /** Notes that a link lost a message. */
  dropped({ name, counts }: Line, reason: string, nowSeconds: number): void {
    if (reason !== 'brim') return;
    this.#troubles.full.happened(name, `${counts.dropped} so far`, nowSeconds);
  }

  /** Notes what happened to the swarm. */
  hear(event: SwarmEvent, nowSeconds: number): void {
    const { down, parked, shelved, failed, scrubbed, bus } = this.#troubles;
    if (event.type === 'shelved') shelved.happened(event.agent, event.says, nowSeconds);
    else if (event.type === 'failed') failed.happened(event.agent, event.says, nowSeconds);
    else if (event.type === 'scrubbed') scrubbed.happened(event.agent, event.says, nowSeconds);
    else if (event.type === 'died' || event.type === 'hung')
      down.happened(event.agent, event.says, nowSeconds);
    else if (event.type === 'parked') {
      down.over(event.agent);
      parked.happened(event.agent, event.says, nowSeconds);
    } else if (event.type === 'restarted') {
      down.over(event.agent);
      parked.over(event.agent);
    } else if (event.type === 'bus') {
      if (UNWELL.has(event.state)) bus.happened(this.#parts.bus, event.says, nowSeconds);
      else bus.over(this.#parts.bus);
    } else return;
    this.#settleTroubles(nowSeconds);
  }

  /** Applies every rule. */
  check(nowSeconds: number): void {
    const { agents, loops, life, sounds } = this.#parts;
    this.#settle('RUNAWAY', runawayOf(loops.rising(nowSeconds), nowSeconds), nowSeconds);
    this.#settle('COLLAPSE', life.findings(), nowSeconds);
    this.#settle('STUCK', sounds.stuck(), nowSeconds);
    this.#settle('HOWL', sounds.howls(nowSeconds), nowSeconds);
    this.#settle('LATE', this.#late(nowSeconds), nowSeconds);
    const heard = agents.map(({ seat, sounds, activity, feeders }) => {
      const { heardUntil, usualSeconds, saidAt } = activity;
      const isDone = feeders.length === 0 && !seat.alive;
      return { id: seat.id, sounds, isDone, heardUntil, usualSeconds, saidAt, feeders };
    });
    this.#settle('SILENT', silentOf(heard, this.sounded, nowSeconds), nowSeconds);
    this.#settleTroubles(nowSeconds);
  }

  #late(nowSeconds: number): readonly Finding[] {
    const speeds = this.#parts.agents.map(({ seat, realTimeFactor, p95Ms }) => {
      return { id: seat.id, realTimeFactor, p95Ms };
    });
    return this.#lateness.findings(speeds, nowSeconds);
  }

  #settleTroubles(nowSeconds: number): void {
    const { down, parked, shelved, failed, scrubbed, full, bus } = this.#troubles;
    this.#settle('DOWN', down.findings(nowSeconds), nowSeconds);
    this.#settle('PARKED', parked.findings(nowSeconds), nowSeconds);
    this.#settle('SHELVED', shelved.findings(nowSeconds), nowSeconds);
    this.#settle('FAILED', failed.findings(nowSeconds), nowSeconds);
    this.#settle('SCRUBBED', scrubbed.findings(nowSeconds), nowSeconds);
    this.#settle('FULL', full.findings(nowSeconds), nowSeconds);
    this.#settle('BUS', bus.findings(nowSeconds), nowSeconds);
  }

  #settle(word: AlertWord, findings: readonly Finding[], nowSeconds: number): void {
    for (const alert of this.#book.settle(word, findings, nowSeconds)) this.#parts.tell(alert);
  }
}

/** States of the bus that are troubles. */
const UNWELL: ReadonlySet<string> = new Set(['disconnected', 'closed', 'fault']);
