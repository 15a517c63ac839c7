import type { Finding } from './finding.js';

/** Silence is so many of an agent's usual intervals, and at least so many seconds. */
export const SILENT_INTERVALS = 3;
/** The shortest silence that counts. */
export const SILENT_SECONDS = 3;

/** How something is heard, or is not. */
export interface Heard {
  /** When it ceased to be heard; undefined for one that never was. */
  readonly heardUntil: number | undefined;
  readonly usualSeconds: number | undefined;
}

/** One agent as the rule sees it. */
export interface HeardAgent extends Heard {
  readonly id: string;
  /** Whether what it says is sound, and not only what makes others sound. */
  readonly sounds: boolean;
  /** When it began to say what was heard last. */
  readonly saidAt: number | undefined;
  /** Those that feed it, or return to it, directly. */
  readonly feeders: readonly string[];
}

/** Whether, and since when, something that used to be heard is not. */
export function silentSince(
  { heardUntil, usualSeconds }: Heard,
  nowSeconds: number,
): number | undefined {
  if (heardUntil === undefined || usualSeconds === undefined) return undefined;
  const patience = Math.max(SILENT_SECONDS, SILENT_INTERVALS * usualSeconds);
  return nowSeconds - heardUntil >= patience ? heardUntil : undefined;
}

/**
 * SILENT: agents that used to sound and do not, each named by the one that fell silent first
 * among it and all upstream of it; a call when nothing at all sounds any more (`swarm`). Agents
 * come in the order of feeding.
 */
export function silentOf(
  agents: readonly HeardAgent[],
  swarm: Heard,
  nowSeconds: number,
): Finding[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const silent = new Set(
    agents.filter((one) => silentSince(one, nowSeconds) !== undefined).map(({ id }) => id),
  );
  const allSilent = silentSince(swarm, nowSeconds) !== undefined;
  const causes = new Map<string, string[]>();
  for (const { id, sounds } of agents) {
    if (!silent.has(id) || !sounds) continue;
    const cause = firstSilent(id, agents, byId, silent);
    causes.set(cause, [...(causes.get(cause) ?? []), id]);
  }
  const first = allSilent && causes.size === 0 ? firstOf(agents) : undefined;
  if (first !== undefined) {
    return [finding(first.id, [], first.heardUntil as number, allSilent)];
  }
  return [...causes].map(([cause, muted]) => {
    return finding(cause, muted, byId.get(cause)?.heardUntil as number, allSilent);
  });
}

/** When nobody has been silent for long enough, the one that is silent for the longest. */
function firstOf(agents: readonly HeardAgent[]): HeardAgent | undefined {
  return agents
    .filter(({ usualSeconds }) => usualSeconds !== undefined)
    .sort((a, b) => (a.heardUntil as number) - (b.heardUntil as number))[0];
}

/**
 * The one that spoke last the longest ago, among an agent and all silent ones upstream of it; of
 * those that spoke at one moment, the one that feeds the others.
 */
function firstSilent(
  id: string,
  agents: readonly HeardAgent[],
  byId: ReadonlyMap<string, HeardAgent>,
  silent: ReadonlySet<string>,
): string {
  const seen = new Set([id]);
  for (const at of seen) {
    for (const feeder of byId.get(at)?.feeders ?? []) if (silent.has(feeder)) seen.add(feeder);
  }
  const upstream = agents.filter((agent) => seen.has(agent.id));
  const first = upstream.sort((a, b) => (a.saidAt as number) - (b.saidAt as number))[0];
  return first?.id ?? id;
}

function finding(
  subject: string,
  muted: readonly string[],
  since: number,
  allSilent: boolean,
): Finding {
  const others = muted.filter((id) => id !== subject);
  const after = others.length === 0 ? '' : `, and with it ${others.slice(0, 5).join(', ')}`;
  const nothing = allSilent ? 'nothing sounds any more: ' : '';
  return {
    word: 'SILENT',
    level: allSilent ? 'call' : 'look',
    subject,
    since,
    says: `${nothing}${subject} has been silent since ${since.toFixed(1)} s${after}`,
    try: `look at what ${subject} hears and at its failures; restart it, or play it a sound`,
  };
}
