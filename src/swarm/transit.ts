import type { Envelope, EnvelopeId } from '../core/index.js';

interface Passage {
  readonly envelope: Envelope;
  /** What came out of it: as heard, or lost; undefined while nobody knows. */
  end: { readonly heard: Envelope | undefined } | undefined;
  callOff(): void;
}

/** What became of an envelope that was on the bus: as heard, or undefined when it was lost. */
export type Landing = (said: Envelope, heard: Envelope | undefined) => void;

/**
 * The envelopes of one port that are on the bus. They land in the order they were said, whatever
 * the bus does to them, each once: heard or given up.
 */
export class Transit {
  readonly #land: Landing;
  readonly #byId = new Map<EnvelopeId, Passage>();
  /** In the order of saying. */
  #queue: Passage[] = [];

  constructor(land: Landing) {
    this.#land = land;
  }

  /** Awaits an envelope; `patience` is told how to give it up and returns what calls that off. */
  expect(envelope: Envelope, patience: ((giveUp: () => void) => () => void) | undefined): void {
    const passage: Passage = { envelope, end: undefined, callOff: () => {} };
    this.#byId.set(envelope.id, passage);
    this.#queue.push(passage);
    if (patience !== undefined) passage.callOff = patience(() => this.lose(envelope.id));
  }

  /** Takes in what came back; what came before, or was given up, changes nothing any more. */
  hear(envelope: Envelope): void {
    this.#end(envelope.id, envelope);
  }

  /** Gives one envelope up. */
  lose(id: EnvelopeId): void {
    this.#end(id, undefined);
  }

  /** Gives up everything that is still awaited. */
  loseAll(): void {
    for (const id of this.#byId.keys()) this.lose(id);
  }

  /** Forgets what is still awaited. */
  close(): void {
    for (const passage of this.#byId.values()) passage.callOff();
    this.#byId.clear();
    this.#queue = [];
  }

  #end(id: EnvelopeId, heard: Envelope | undefined): void {
    const passage = this.#byId.get(id);
    if (passage === undefined) return;
    this.#byId.delete(id);
    passage.callOff();
    passage.end = { heard };
    for (let first = this.#queue[0]; first?.end !== undefined; first = this.#queue[0]) {
      this.#queue.shift();
      this.#land(first.envelope, first.end.heard);
    }
  }
}
