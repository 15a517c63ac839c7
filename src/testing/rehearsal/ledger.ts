import type { JournalRecord } from '../../archive/index.js';
import type { AgentId, Envelope } from '../../core/index.js';
import { portName } from '../../core/index.js';
import type { Scenario } from '../../scenarios/index.js';

/** How long something has been quiet, at its longest. */
export class Quiet {
  #last: number;
  longestSeconds = 0;

  constructor(begins = 0) {
    this.#last = begins;
  }

  /** It was heard. */
  heard(seconds: number): void {
    this.longestSeconds = Math.max(this.longestSeconds, seconds - this.#last);
    this.#last = Math.max(this.#last, seconds);
  }
}

/** All links from one agent into one port of another, as who hears them can tell them apart. */
interface Wire {
  readonly quiet: Quiet;
  heard: number;
}

/**
 * What a rehearsal sees for itself, beside what the engine counts: what was said, what arrived
 * where, what was journaled as lost, and how long it was quiet.
 */
export class Ledger {
  /** Envelopes said, by port. */
  readonly said = new Map<string, number>();
  /** Losses as journaled, by link and by reason. */
  readonly dropsOf = new Map<string, number>();
  readonly dropsBy = new Map<string, number>();
  readonly #wires = new Map<string, Wire>();
  readonly #sinks: ReadonlyMap<AgentId, Quiet>;
  messages = 0;
  /** Agents that were started anew because they spoilt sound again and again. */
  renewals = 0;
  /** Logical seconds of the latest that was said. */
  seconds = 0;

  constructor({ cast, topology }: Scenario) {
    for (const { from, to } of topology.links) {
      this.#wires.set(wireName(from.agent, to.agent, to.port), { quiet: new Quiet(), heard: 0 });
    }
    const sinks = cast.filter(({ kind }) => Object.keys(kind.outputs).length === 0);
    this.#sinks = new Map(sinks.map(({ id }) => [id, new Quiet()]));
  }

  /** Notes an envelope as it is said. */
  note({ source }: Envelope, seconds: number): void {
    const port = portName(source);
    this.said.set(port, (this.said.get(port) ?? 0) + 1);
    this.messages++;
    this.seconds = Math.max(this.seconds, seconds);
  }

  /** Notes an arrival at an agent that is up. */
  heard(agent: AgentId, arrival: { readonly id: string; readonly port: string }, at: number): void {
    const from = arrival.id.slice(0, arrival.id.lastIndexOf('.'));
    const wire = this.#wires.get(wireName(from, agent, arrival.port));
    if (wire !== undefined) {
      wire.heard++;
      wire.quiet.heard(at);
    }
    this.#sinks.get(agent)?.heard(at);
  }

  /** Notes a line of the journal. */
  journaled(record: JournalRecord): void {
    if (record.type === 'happened' && record.what === 'renewed') this.renewals++;
    if (record.type !== 'dropped') return;
    const { link, reason } = record;
    this.dropsOf.set(link, (this.dropsOf.get(link) ?? 0) + 1);
    this.dropsBy.set(reason, (this.dropsBy.get(reason) ?? 0) + 1);
  }

  /** Lets what is quiet at the end count as quiet until then. */
  end(seconds: number): void {
    for (const { quiet } of this.#wires.values()) quiet.heard(seconds);
    for (const quiet of this.#sinks.values()) quiet.heard(seconds);
  }

  /** What arrived from one agent at a port of another, and how long nothing did. */
  wire(from: AgentId, to: AgentId, port: string): { heard: number; quietSeconds: number } {
    const wire = this.#wires.get(wireName(from, to, port));
    return { heard: wire?.heard ?? 0, quietSeconds: wire?.quiet.longestSeconds ?? 0 };
  }

  /** The longest time that nothing reached the one recorder that was quiet longest. */
  get silenceSeconds(): number | undefined {
    if (this.#sinks.size === 0) return undefined;
    return Math.max(...[...this.#sinks.values()].map(({ longestSeconds }) => longestSeconds));
  }
}

function wireName(from: AgentId, to: AgentId, port: string): string {
  return `${from} ${to}.${port}`;
}
