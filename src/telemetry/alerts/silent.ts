import type { Finding } from './finding.js';

/** Silence is so many of an agent's usual intervals, and at least so many seconds. */
export const SILENT_INTERVALS = 3;
/** The shortest silence that counts. */
export const SILENT_SECONDS = 3;

/** One agent as the rule sees it. */
export interface HeardAgent {
  readonly id: string;
  /** Whether what it says is sound, and not only what makes others sound. */
  readonly sounds: boolean;
  /** When it ceased to be heard; undefined for one that never was. */
  readonly heardUntil: number | undefined;
  readonly usualSeconds: number | undefined;
  /** Those that feed it, or return to it, directly. */
  readonly feeders: readonly string[];
}

/** Whether, and since when, something that used to be heard is not. */
export function silentSince(
  { heardUntil, usualSeconds }: Pick<HeardAgent, 'heardUntil' | 'usualSeconds'>,
  nowSeconds: number,
): number | undefined {
  if (heardUntil === undefined || usualSeconds === undefined) return undefined;
  const patience = Math.max(SILENT_SECONDS, SILENT_INTERVALS * usualSeconds);
  return nowSeconds - heardUntil >= patience ? heardUntil : undefined;
}

/**
 * SILENT: agents that used to sound and do not, each named by the one that fell silent first
 * among it and all upstream of it; a call when nothing at all sounds any more (`swarm`).
 */
export function silentOf(
  agents: readonly HeardAgent[],
  swarm: Pick<HeardAgent, 'heardUntil' | 'usualSeconds'>,
  nowSeconds: number,
): Finding[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const silent = new Map<string, number>();
  for (const agent of agents) {
    const since = silentSince(agent, nowSeconds);
    if (since !== undefined) silent.set(agent.id, since);
  }
  const allSilent = silentSince(swarm, nowSeconds) !== undefined;
  const causes = new Map<string, string[]>();
  for (const { id, sounds } of agents) {
    if (!silent.has(id) || !sounds) continue;
    const cause = firstSilent(id, byId, silent);
    causes.set(cause, [...(causes.get(cause) ?? []), id]);
  }
  const first = allSilent && causes.size === 0 ? firstOf(agents) : undefined;
  if (first !== undefined) {
    return [finding(first.id, [], first.heardUntil as number, allSilent)];
  }
  return [...causes].map(([cause, muted]) => {
    return finding(cause, muted, silent.get(cause) as number, allSilent);
  });
}

/** When nobody has been silent for long enough, the one that is silent for the longest. */
function firstOf(agents: readonly HeardAgent[]): HeardAgent | undefined {
  return agents
    .filter(({ usualSeconds }) => usualSeconds !== undefined)
    .sort((a, b) => (a.heardUntil as number) - (b.heardUntil as number))[0];
}

/** The one that fell silent first, among an agent and all silent ones upstream of it. */
function firstSilent(
  id: string,
  byId: ReadonlyMap<string, HeardAgent>,
  silent: ReadonlyMap<string, number>,
): string {
  const seen = new Set([id]);
  let first = id;
  for (const at of seen) {
    if ((silent.get(at) as number) < (silent.get(first) as number)) first = at;
    for (const feeder of byId.get(at)?.feeders ?? []) if (silent.has(feeder)) seen.add(feeder);
  }
  return first;
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
    says: `${nothing}${subject} has said nothing that can be heard since ${since.toFixed(1)} s${after}`,
    try: `look at what ${subject} hears and at its failures; restart it, or play it a sound`,
  };
}
