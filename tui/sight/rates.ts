import type { LinkState, State } from '../../src/telemetry/index.js';

/** What an agent does in a second of music, lately. */
export interface AgentRate {
  readonly emitted: number;
  readonly received: number;
  readonly dropped: number;
}

/** What flows along a link in a second of music, lately. */
export interface LinkRate {
  readonly delivered: number;
  readonly bytes: number;
  readonly dropped: number;
}

/** Rates of everything, between the oldest and the newest state of the last seconds. */
export interface Rates {
  readonly agents: ReadonlyMap<string, AgentRate>;
  readonly links: ReadonlyMap<number, LinkRate>;
  /** Seconds of music per second of waiting. */
  readonly pace: number | undefined;
}

/** What is known of rates before a second state. */
export const NO_RATES: Rates = { agents: new Map(), links: new Map(), pace: undefined };

/** Seconds of waiting over which rates are taken: long enough for what speaks every few seconds. */
export const WINDOW_SECONDS = 10;

/** The states that rates are taken over, once one more is known. */
export function windowWith(window: readonly State[], state: State): readonly State[] {
  const last = window.at(-1);
  // Time that runs backward means another engine.
  if (last !== undefined && state.wallSeconds < last.wallSeconds) return [state];
  const from = state.wallSeconds - WINDOW_SECONDS;
  const kept = window.filter(({ wallSeconds }) => wallSeconds >= from);
  return [...(kept.length === 0 && last !== undefined ? [last] : kept), state];
}

/** The rates between the first and the last of some states, per second of music. */
export function ratesOf(window: readonly State[]): Rates {
  const [first, last] = [window[0], window.at(-1)];
  if (first === undefined || last === undefined || last.seconds <= first.seconds) return NO_RATES;
  const per = rateOver(last.seconds - first.seconds);
  const agents = new Map(first.agents.map((agent) => [agent.id, agent]));
  const links = new Map(first.links.map((link) => [link.index, link]));
  return {
    agents: new Map(
      last.agents.map((now) => {
        const before = agents.get(now.id);
        const emitted = per(now.emitted, before?.emitted);
        const received = per(now.received, before?.received);
        return [now.id, { emitted, received, dropped: per(now.dropped, before?.dropped) }];
      }),
    ),
    links: new Map(
      last.links.map((now) => {
        const before = links.get(now.index);
        const delivered = per(now.delivered, before?.delivered);
        const bytes = per(now.bytes, before?.bytes);
        return [now.index, { delivered, bytes, dropped: per(now.dropped, before?.dropped) }];
      }),
    ),
    pace: paceOf(first, last),
  };
}

/** A counter that starts again at 0, as that of a restarted agent may, is not a negative rate. */
function rateOver(seconds: number): (now: number, before: number | undefined) => number {
  return (now, before = 0) => Math.max(0, now - before) / seconds;
}

function paceOf(first: State, last: State): number | undefined {
  const waited = last.wallSeconds - first.wallSeconds;
  return waited > 0 ? (last.seconds - first.seconds) / waited : undefined;
}

/** What a link has lost since the beginning: how many, and which share of what was sent. */
export function lossOf(link: LinkState): { readonly lost: number; readonly share: number } {
  const sent = Math.max(link.sent, link.delivered + link.dropped);
  return { lost: link.dropped, share: sent === 0 ? 0 : link.dropped / sent };
}
