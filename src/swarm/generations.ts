import { offerIn } from '../agents/index.js';
import type { AgentId, Control, Envelope, Samples } from '../core/index.js';

/** A version of a model that an apprentice offered during a run, and who played it. */
export interface GenerationSummary {
  readonly generation: number;
  readonly run: string;
  readonly hash: string;
  /** Who made and offered it. */
  readonly by: AgentId;
  readonly offeredSeconds: number;
  /** Who said something with it, and how often; nobody where it was refused or came too late. */
  readonly takenBy: readonly { readonly agent: AgentId; readonly said: number }[];
}

/** What became of the offers of a run: how many there were, and the latest of them. */
export interface Generations {
  readonly offered: number;
  readonly taken: number;
  /** The oldest first, 64 at most: a run may last for weeks. */
  readonly latest: readonly GenerationSummary[];
}

const LATEST_MAX = 64;

interface Version {
  readonly generation: number;
  readonly run: string;
  readonly hash: string;
  readonly by: AgentId;
  readonly time: Samples;
  readonly said: Map<AgentId, number>;
}

/** Follows the generations of weights through a run by what its envelopes say. */
export class GenerationCount {
  #offered = 0;
  #taken = 0;
  /** By hash, the latest last. */
  readonly #versions = new Map<string, Version>();

  /** Notes an offer, or who plays what was offered. */
  hear({ source, time, carries, signal, models }: Envelope): void {
    for (const { hash } of models ?? []) this.#played(hash, source.agent);
    const offer = carries === 'control' ? offerIn(signal as Control) : undefined;
    if (offer === undefined) return;
    this.#offered++;
    this.#versions.delete(offer.hash);
    this.#versions.set(offer.hash, { ...offer, by: source.agent, time, said: new Map() });
    if (this.#versions.size <= LATEST_MAX) return;
    const [oldest] = this.#versions.keys();
    this.#versions.delete(oldest as string);
  }

  /** What was noted so far, times in seconds at this rate. */
  summary(sampleRate: number): Generations {
    const latest = [...this.#versions.values()].map(({ said, time, ...version }) => ({
      ...version,
      offeredSeconds: time / sampleRate,
      takenBy: [...said].map(([agent, count]) => ({ agent, said: count })),
    }));
    return { offered: this.#offered, taken: this.#taken, latest };
  }

  // Who offers goes on from its own versions, but does not play them.
  #played(hash: string, agent: AgentId): void {
    const version = this.#versions.get(hash);
    if (version === undefined || version.by === agent) return;
    if (version.said.size === 0) this.#taken++;
    version.said.set(agent, (version.said.get(agent) ?? 0) + 1);
  }
}
