import type { z } from 'zod';
import type {
  AgentId,
  Ancestor,
  Control,
  ModelRef,
  Origin,
  Ports,
  Random,
  Samples,
  SignalAt,
  SignalKind,
  SignalMap,
} from '../core/index.js';

/** A run of the registry that fills a role of the scenario, drawn and checked before the start. */
export interface CastRun {
  readonly role: string;
  readonly id: string;
  /** SHA-256 over the run's weights. */
  readonly hash: string;
  readonly kind: string;
  readonly trained: boolean;
  /** The folder of the run in the registry. */
  readonly folder: string;
}

/** The whole outside world, as an agent sees it. */
export interface Context<P> {
  readonly self: AgentId;
  readonly params: P;
  /** Logical time of this step. */
  readonly now: Samples;
  readonly sampleRate: number;
  /** Made anew for every step from (seed, agent, step), so a restart repeats nothing. */
  readonly random: Random;
  /** The run that fills the role named by the given param; throws a UserError when none does. */
  run(param: string): CastRun;
  /** A path of the scenario as an absolute path. */
  resolve(path: string): string;
  /** Where this agent may write files. */
  readonly outputFolder: string;
}

/** A message an agent keeps; citable as a parent. */
export interface Heard<K extends SignalKind> extends Ancestor {
  readonly signal: SignalMap[K];
}

/** The beat of a kind that has `ticks`: `signal.value` counts from 0. It is nobody's child. */
export interface Tick {
  readonly port: 'tick';
  readonly signal: Control;
  readonly id: '';
  readonly lap: 0;
}

/** One arrival: which of my ports, and what. A union, so `switch (message.port)` is exhaustive. */
export type Message<I extends Ports> =
  | {
      [N in keyof I & string]: Ancestor & { readonly port: N; readonly signal: SignalAt<I, N> };
    }[keyof I & string]
  | Tick;

/**
 * One thing to say. Its parents are the message just received (a tick is none), unless it names
 * others.
 */
export type Emission<O extends Ports> = {
  [N in keyof O & string]: {
    readonly port: N;
    readonly signal: SignalAt<O, N>;
    readonly parents?: readonly Ancestor[];
    /** Samples after now at which it is said; 0 unless given. */
    readonly after?: Samples;
    readonly origins?: readonly Origin[];
    /** The models that made it, where they are no longer those the agent was cast with. */
    readonly models?: readonly ModelRef[];
  };
}[keyof O & string];

/** What a step leaves behind: the new state, and what to say. The runtime stamps and sends it. */
export interface Step<S, O extends Ports> {
  readonly state: S;
  readonly emit: readonly Emission<O>[];
}

/**
 * How often a kind is woken: every so many seconds, first after `offset`, at most `count` times.
 */
export interface Ticks {
  readonly everySeconds: number;
  readonly offsetSeconds?: number;
  readonly count?: number;
}

/** A param that names a role of `models:`, and the families of runs that may fill it. */
export interface RoleParam {
  readonly families: readonly string[];
  readonly optional?: boolean;
}

type Eventual<T> = T | Promise<T>;

/**
 * A kind of agent. `receive` returns what it wants done and never sends; replay and testing rest
 * on that.
 */
export interface AgentKind<P extends z.ZodType, I extends Ports, O extends Ports, S> {
  readonly kind: string;
  readonly summary: string;
  readonly params: P;
  readonly inputs: I;
  readonly outputs: O;
  /**
   * Where it computes: `process` for whatever holds a network, `inline` otherwise (the default).
   */
  readonly isolation?: 'inline' | 'process';
  /** Params that name model roles. */
  readonly roles?: Readonly<Record<string, RoleParam>>;
  /** Params that are paths; they must exist and lie inside the project. */
  readonly paths?: readonly string[];
  /** Wakes it without being spoken to; undefined for a kind, or params, that only answer. */
  ticks?(params: z.output<P>): Ticks | undefined;
  start(context: Context<z.output<P>>): Eventual<S>;
  receive(state: S, message: Message<I>, context: Context<z.output<P>>): Eventual<Step<S, O>>;
  /**
   * What of the state a checkpoint keeps, as plain data: objects, arrays, maps, sets, typed
   * arrays. Needed only where the state holds more than that; arrays in it are never written to
   * again.
   */
  save?(state: S): unknown;
  /** Why no checkpoint can hold its state, for a kind of which that is true. */
  readonly unkept?: string;
  /**
   * The state again, from a freshly started one and what `save` gave: at that moment, or earlier
   * for one that died since.
   */
  restore?(fresh: S, saved: unknown, context: Context<z.output<P>>): Eventual<S>;
  /** Called once at the end of a run, at its last instant; may write what it still holds. */
  stop?(state: S, context: Context<z.output<P>>): Eventual<void>;
}

/** Any kind: the one `any` in the house. Params and ports are checked when a scenario is loaded. */
// biome-ignore lint/suspicious/noExplicitAny: a list of unlike kinds
export type AnyAgentKind = AgentKind<any, any, any, any>;

/** Does nothing but let the compiler infer every type in a kind. */
export const defineAgent = <P extends z.ZodType, const I extends Ports, const O extends Ports, S>(
  kind: AgentKind<P, I, O, S>,
): AgentKind<P, I, O, S> => kind;
