import {
  type AgentId,
  type Envelope,
  type Fork,
  type Limits,
  type Samples,
  chanceName,
  heardAcross,
  seededRandom,
  withGain,
} from '../core/index.js';
import type { Link } from '../topologies/index.js';
import { Schedule } from './control/schedule.js';
import type { AgentHappening, Delivery } from './happening.js';

/** What a link has carried: sent = delivered + dropped + in flight, always. */
export interface LineCounts {
  sent: number;
  delivered: number;
  dropped: number;
  /** Not sent at all: by `every`, by `probability`, or because the link is muted or paused. */
  skipped: number;
}

/** What became of an envelope at the mouth of a link. */
export type Crossing =
  | { readonly way: 'skipped' }
  | { readonly way: 'expired' }
  | { readonly way: 'full' }
  | { readonly way: 'sent'; readonly delivery: Delivery; readonly givenUp: readonly Delivery[] };

/** Where a link's chance comes from, and which agents are universes that fork. */
export interface LinkChance {
  readonly seed: number;
  readonly forks: ReadonlyMap<AgentId, readonly Fork[]>;
}

function nameOf({ from, to, way }: Link, sender: AgentId, receiver: AgentId): string {
  const arrow = way === 'feeds' ? '->' : '~>';
  return `${sender}.${from.port} ${arrow} ${receiver}.${to.port}`;
}

/** A link at work: gates, delays, ages and bounds what crosses it. */
export class Line {
  readonly counts: LineCounts = { sent: 0, delivered: 0, dropped: 0, skipped: 0 };
  readonly name: string;
  readonly link: Link;
  readonly index: number;
  /** Its gain, its delay and whether it carries anything, as controls change them over time. */
  readonly schedule: Schedule;
  readonly #limits: Limits;
  readonly #chance: LinkChance;
  /** Deliveries that may still be on their way, in order of sending. */
  #flying: Delivery[] = [];

  constructor(link: Link, index: number, limits: Limits, chance: LinkChance) {
    this.link = link;
    this.index = index;
    this.name = nameOf(link, link.from.agent, link.to.agent);
    this.#limits = limits;
    this.#chance = chance;
    this.schedule = new Schedule(link.gain, link.delaySamples);
  }

  /** How soon after a sender's moment this link can change what its receiver gets. */
  get lookaheadSamples(): Samples {
    if (this.link.way === 'feeds') return 0;
    // A rule that gives up what is already flying may do so until the very last sample.
    return this.link.keep === 'oldest' ? this.schedule.delayMin : 1;
  }

  /** Offers an envelope to the link; it arrives after the delay, but not before `earliest`. */
  cross(envelope: Envelope, earliest: Samples = 0): Crossing {
    if (!this.#passes(envelope)) {
      this.counts.skipped++;
      return { way: 'skipped' };
    }
    this.counts.sent++;
    const { link } = this;
    const { gain, delaySamples } = this.schedule.at(envelope.time);
    const heard = heardAcross(envelope, link.way);
    if (heard.lap > Math.min(link.laps, this.#limits.laps)) return this.#lose('expired');
    // What has reached a receiver that is ahead of the sender is no longer in the delay.
    const givenUp = this.#makeRoom(Math.max(envelope.time, earliest - 1));
    if (givenUp === undefined) return this.#lose('full');
    const signal = withGain(envelope.carries, envelope.signal, gain);
    const delivery: Delivery = {
      type: 'delivery',
      time: Math.max(envelope.time + delaySamples, earliest),
      rank: this.index,
      sequence: envelope.sequence,
      envelope: envelope.id,
      arrival: { ...heard, port: link.to.port, signal },
      givenUp: false,
    };
    if (link.way === 'returns') this.#flying.push(delivery);
    return { way: 'sent', delivery, givenUp };
  }

  /** Counts an envelope that never reached the link; false when it would have been skipped. */
  miss(envelope: Envelope): boolean {
    if (!this.#passes(envelope)) {
      this.counts.skipped++;
      return false;
    }
    this.counts.sent++;
    this.counts.dropped++;
    return true;
  }

  /** Takes up again what is on its way, of all that lies before its receiver. */
  recallFlying(agenda: readonly AgentHappening[]): void {
    if (this.link.way !== 'returns') return;
    const mine = agenda.filter(
      (happening): happening is Delivery =>
        happening.type === 'delivery' && happening.rank === this.index,
    );
    this.#flying = mine.toSorted((a, b) => a.sequence - b.sequence);
  }

  #lose(way: 'expired' | 'full'): Crossing {
    this.counts.dropped++;
    return { way };
  }

  #passes(envelope: Envelope): boolean {
    const { every, probability } = this.link;
    if (this.schedule.at(envelope.time).hushed.length > 0) return false;
    // By the envelope's own number, so that a lost message changes nothing for later ones.
    if ((envelope.sequence - 1) % every !== 0) return false;
    if (probability >= 1) return true;
    const name = this.#chanceName(envelope.time);
    const chance = seededRandom(this.#chance.seed, 'link', name, String(envelope.sequence));
    return chance.next() < probability;
  }

  #chanceName(time: Samples): string {
    const { from, to } = this.link;
    const name = (id: AgentId): string => chanceName(id, this.#chance.forks.get(id) ?? [], time);
    return nameOf(this.link, name(from.agent), name(to.agent));
  }

  /** Gives up what the rule says when the delay is full; undefined when it is the newcomer. */
  #makeRoom(now: Samples): readonly Delivery[] | undefined {
    if (this.link.way === 'feeds') return [];
    this.#flying = this.#flying.filter((delivery) => delivery.time > now && !delivery.givenUp);
    if (this.#flying.length < this.#limits.inFlight) return [];
    if (this.link.keep === 'oldest') return undefined;
    const givenUp = this.#flying.slice(0, this.link.keep === 'latest' ? undefined : 1);
    for (const delivery of givenUp) delivery.givenUp = true;
    this.counts.dropped += givenUp.length;
    return givenUp;
  }
}
