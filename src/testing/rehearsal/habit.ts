import type { AnyAgentKind } from '../../agents/index.js';

/** How a kind answers, as far as a rehearsal needs to know. */
export interface Habit {
  /** The ports it answers; what comes to the others it only hears. */
  readonly answers: readonly string[];
  /** The ports it speaks on, each once per answer or beat. */
  readonly says: readonly string[];
  /** The least time between two answers. */
  readonly restSeconds: number;
  /** How long after what it heard it speaks. */
  readonly afterSeconds: number;
}

/** Ports that only set something, and ports on which a kind speaks now and then about itself. */
const SETTING = ['control', 'model'];
const ASIDE = ['notes', 'debris'];

type Params = Readonly<Record<string, unknown>>;
type Particular = (params: Params) => Partial<Habit>;

/** What differs from the general habit, for the built-in kinds; a phrase of hers lasts seconds. */
const PARTICULAR: ReadonlyMap<string, Particular> = new Map<string, Particular>([
  ['sampler', () => ({ answers: ['query'] })],
  ['violinist', () => ({ answers: ['heard'], restSeconds: 7, afterSeconds: 1 })],
  ['sequencer', ({ every }) => ({ restSeconds: typeof every === 'number' ? every : 0 })],
]);

/**
 * The habit of a kind: one that has a beat speaks on the beat, any other answers whatever it hears,
 * once on each of its outputs.
 */
export function habitOf(kind: AnyAgentKind, params: unknown): Habit {
  const beats = kind.ticks?.(params) !== undefined;
  const heard = Object.keys(kind.inputs).filter((name) => !SETTING.includes(name));
  const says = Object.keys(kind.outputs).filter((name) => !ASIDE.includes(name));
  const general = { answers: beats ? [] : heard, says, restSeconds: 0, afterSeconds: 0 };
  return { ...general, ...PARTICULAR.get(kind.kind)?.(params as Params) };
}
