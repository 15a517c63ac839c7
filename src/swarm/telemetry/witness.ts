import type { Envelope } from '../../core/index.js';
import type { Delivery } from '../happening.js';
import type { Line } from '../line.js';
import type { Seat } from '../seat.js';

/** What the engine shows to whoever observes it. Nothing of it may wait, throw or change. */
export interface Witness {
  /** An envelope entered a link. */
  crossed(line: Line, envelope: Envelope): void;
  /** A link lost a message. */
  dropped(line: Line, reason: string): void;
  /** An agent takes a message out of its inbox. */
  taken(seat: Seat, delivery: Delivery): void;
  /** An agent has computed a step. */
  stepped(seat: Seat, computeSeconds: number): void;
}
