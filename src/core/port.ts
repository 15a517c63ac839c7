import type { SignalKind, SignalMap } from './signal.js';

/** A place where one kind of signal enters or leaves an agent. */
export interface Port<K extends SignalKind = SignalKind> {
  readonly carries: K;
  readonly doc: string;
}

/** An agent's ports by name. */
export type Ports = Readonly<Record<string, Port>>;

/** The signal that the port named N of P carries. */
export type SignalAt<P extends Ports, N extends keyof P> = SignalMap[P[N]['carries']];

const carrying =
  <K extends SignalKind>(carries: K) =>
  (doc: string): Port<K> => ({ carries, doc });

/** Makes a port: `port.audio('what it hears')`. */
export const port = {
  noise: carrying('noise'),
  mel: carrying('mel'),
  audio: carrying('audio'),
  descriptors: carrying('descriptors'),
  matches: carrying('matches'),
  control: carrying('control'),
} as const;
