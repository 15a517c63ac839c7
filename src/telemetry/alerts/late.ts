import type { Finding } from './finding.js';

/** Being later than this, for longer than that, is LATE. */
export const LATE_SECONDS = 0.25;
const LATE_FOR_SECONDS = 2;
/** Lag comes and goes with who is late: so long without any ends it. */
const PUNCTUAL_SECONDS = 1;

/** One agent's speed: seconds of sound per second of computing; undefined for no sound. */
export interface AgentSpeed {
  readonly id: string;
  readonly realTimeFactor: number | undefined;
  readonly p95Ms: number;
}

/** How long the engine has been late. */
export class Lateness {
  #since: number | undefined;
  #lastLate = 0;
  #worst = 0;

  /** Takes in the lag at a logical time. */
  add(lagSeconds: number, nowSeconds: number): void {
    if (lagSeconds > LATE_SECONDS) {
      this.#since ??= nowSeconds;
      this.#lastLate = nowSeconds;
      this.#worst = Math.max(this.#worst, lagSeconds);
    } else if (nowSeconds - this.#lastLate > PUNCTUAL_SECONDS) {
      this.#since = undefined;
      this.#worst = 0;
    }
  }

  /** LATE: events have come more than 0.25 s after their time for more than 2 s. */
  findings(agents: readonly AgentSpeed[], nowSeconds: number): Finding[] {
    const since = this.#since;
    if (since === undefined || nowSeconds - since <= LATE_FOR_SECONDS) return [];
    const { id: subject, realTimeFactor } = slowest(agents);
    const speed =
      realTimeFactor === undefined ? '' : ` at ${realTimeFactor.toFixed(2)} of real time`;
    return [
      {
        word: 'LATE',
        level: 'look',
        subject,
        since,
        says: `events are ${this.#worst.toFixed(1)} s late; ${subject} computes slowest${speed}`,
        try: `let ${subject} say less or less often, or give it a smaller model`,
      },
    ];
  }
}

/** The least real-time factor; among those without sound, the longest steps. */
function slowest(agents: readonly AgentSpeed[]): AgentSpeed {
  const speed = ({ realTimeFactor }: AgentSpeed): number => realTimeFactor ?? Infinity;
  const sorted = agents.toSorted((a, b) => speed(a) - speed(b) || b.p95Ms - a.p95Ms);
  return sorted[0] ?? { id: 'the engine', realTimeFactor: undefined, p95Ms: 0 };
}
