import type { AgentId, Samples } from '../../core/index.js';
import { Activity, type AgentState, Latest, SILENT_DB, quantile } from '../../telemetry/index.js';
import type { Seat } from '../seat.js';
import { type Level, amplitudeDb, powerDb, rounded } from './level.js';

/** Steps whose times are remembered. */
const STEPS_REMEMBERED = 64;

interface StepTaken {
  readonly computeSeconds: number;
  soundSeconds: number;
}

/** What is not the agent's own. */
export interface AgentOutlook {
  readonly now: Samples;
  readonly sampleRate: number;
  readonly restartsLeft: number;
  readonly muted: boolean;
}

/** Watches one agent. */
export class AgentWatch {
  readonly seat: Seat;
  readonly activity = new Activity();
  /** Whether what it says is sound, or a picture of sound. */
  readonly sounds: boolean;
  /** Those that feed it, or return to it, directly. */
  readonly feeders: readonly AgentId[];
  readonly #steps = new Latest<StepTaken>(STEPS_REMEMBERED);
  #last: Level | undefined;
  #computing: { readonly p50Ms: number; readonly p95Ms: number } | undefined;

  constructor(seat: Seat, feeders: readonly AgentId[]) {
    this.seat = seat;
    this.feeders = feeders;
    this.sounds = Object.values(seat.outputs).some(({ carries }) => {
      return carries === 'audio' || carries === 'mel';
    });
  }

  /** Notes the time a step took. */
  stepped(computeSeconds: number): void {
    this.#steps.add({ computeSeconds, soundSeconds: 0 });
    this.#computing = undefined;
  }

  /** Notes what it said, at a logical second. */
  said(level: Level, seconds: number): void {
    const step = this.#steps.last;
    if (step !== undefined) step.soundSeconds += level.seconds ?? 0;
    if (level.peak !== undefined) this.#last = level;
    const heard = level.power === undefined || (powerDb(level.power) ?? -1000) > SILENT_DB;
    if (heard) this.activity.add(seconds, level.seconds ?? 0);
  }

  /** Seconds of sound said per second of computing, over the latest steps. */
  get realTimeFactor(): number | undefined {
    let [sound, compute] = [0, 0];
    for (const step of this.#steps.list()) {
      sound += step.soundSeconds;
      compute += step.computeSeconds;
    }
    return sound === 0 || compute === 0 ? undefined : rounded(sound / compute);
  }

  get p95Ms(): number {
    return this.#times().p95Ms;
  }

  /** Where it stands. */
  state({ now, sampleRate, restartsLeft, muted }: AgentOutlook): AgentState {
    const { id, health, busy, performer, counts } = this.seat;
    const { realTimeFactor } = this;
    const peakDb = amplitudeDb(this.#last?.peak);
    const rmsDb = powerDb(this.#last?.power);
    const { inbox, oldest } = waiting(this.seat, now);
    return {
      id,
      health,
      busy,
      muted,
      ...(performer.pid === undefined ? {} : { pid: performer.pid }),
      ...counts,
      computeSeconds: rounded(counts.computeSeconds),
      restartsLeft,
      inbox,
      oldestSeconds: rounded(oldest / sampleRate),
      ...this.#times(),
      ...(realTimeFactor === undefined ? {} : { realTimeFactor }),
      ...(peakDb === undefined ? {} : { peakDb }),
      ...(rmsDb === undefined ? {} : { rmsDb }),
    };
  }

  #times(): { readonly p50Ms: number; readonly p95Ms: number } {
    if (this.#computing !== undefined) return this.#computing;
    const ms = this.#steps.list().map(({ computeSeconds }) => computeSeconds * 1000);
    this.#computing = { p50Ms: rounded(quantile(ms, 0.5)), p95Ms: rounded(quantile(ms, 0.95)) };
    return this.#computing;
  }
}

/** The messages that are due and not yet taken. */
function waiting(seat: Seat, now: Samples): { readonly inbox: number; readonly oldest: Samples } {
  let [inbox, oldest] = [0, 0];
  for (const happening of seat.unheard()) {
    if (happening.type !== 'delivery' || happening.givenUp || happening.time > now) continue;
    inbox++;
    oldest = Math.max(oldest, now - happening.time);
  }
  return { inbox, oldest };
}
