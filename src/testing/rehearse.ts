import type { AnyAgentKind, Emission, Message } from '../agents/index.js';
import { type NumberArray, pack, unpack } from '../archive/index.js';
import type {
  Ancestor,
  ModelRef,
  Origin,
  Ports,
  Samples,
  SignalKind,
  SignalMap,
} from '../core/index.js';
import { lapOf } from '../core/index.js';
import { type ContextParts, makeContext } from './context.js';

/** What an agent is given to hear. */
export interface Given {
  /** One of its input ports, or `tick`. */
  readonly port: string;
  /** Not needed for a tick. */
  readonly signal?: SignalMap[SignalKind];
  /** Logical time; half a second after the one before unless given. */
  readonly at?: Samples;
  /** `given.1`, `given.2` … unless given. */
  readonly id?: string;
  readonly lap?: number;
}

/** What an agent said in a rehearsal, with what the runtime would have stamped on it. */
export interface Said {
  readonly port: string;
  readonly signal: SignalMap[SignalKind];
  /** Which of the given messages it answers, from 0. */
  readonly step: number;
  /** When it is said: the time of the step and `after`. */
  readonly at: Samples;
  readonly parents: readonly Ancestor[];
  readonly lap: number;
  readonly origins: readonly Origin[];
  /** The models it names itself; absent where those it was cast with are meant. */
  readonly models?: readonly ModelRef[];
}

/** The world of a rehearsal: a context's parts without what changes from step to step. */
export interface RehearsalOptions extends Omit<ContextParts<unknown>, 'params' | 'step' | 'now'> {
  /** After how many messages its state is kept as text, and taken up by another of its kind. */
  readonly keptAfter?: number;
}

/**
 * Plays one kind alone: parses the params, starts it, gives it the messages one by one, stops it,
 * and returns all it said in order. Throws what the kind throws, and a ZodError for unfit params.
 */
export async function rehearse(
  kind: AnyAgentKind,
  params: unknown,
  given: readonly Given[],
  options: RehearsalOptions = {},
): Promise<readonly Said[]> {
  const parsed: unknown = kind.params.parse(params);
  const world = { ...options, params: parsed };
  let state: unknown = await kind.start(makeContext({ ...world, step: 0 }));
  const said: Said[] = [];
  const messages = timed(given, options.sampleRate ?? 44_100);
  for (const [step, message] of messages.entries()) {
    const context = makeContext({ ...world, step: step + 1, now: message.at });
    const done = await kind.receive(state, message as unknown as Message<Ports>, context);
    state = done.state;
    for (const emission of done.emit) said.push(stamped(emission, message, step));
    if (step + 1 === options.keptAfter) state = await keptAndTakenUp(kind, state, context);
  }
  const end = messages.at(-1)?.at ?? 0;
  await kind.stop?.(state, makeContext({ ...world, step: messages.length + 1, now: end }));
  return said;
}

interface Timed extends Ancestor {
  readonly port: string;
  readonly signal: SignalMap[SignalKind];
  readonly at: Samples;
}

function timed(given: readonly Given[], sampleRate: number): readonly Timed[] {
  let [clock, ticks] = [0, 0];
  return given.map(({ port, signal, at, id, lap = 0 }, i) => {
    clock = at ?? clock + (i === 0 ? 0 : Math.round(sampleRate / 2));
    if (port === 'tick') return { port, ...tickOf(ticks++), at: clock };
    if (signal === undefined) throw new TypeError(`message ${i} for ${port} carries no signal`);
    return { port, signal, at: clock, id: id ?? `given.${i + 1}`, lap };
  });
}

function tickOf(value: number): Ancestor & { readonly signal: SignalMap['control'] } {
  return { id: '', lap: 0, signal: { name: 'tick', value } };
}

function stamped(emission: Emission<Ports>, message: Timed, step: number): Said {
  const parents = emission.parents ?? (message.port === 'tick' ? [] : [message]);
  return {
    port: emission.port,
    signal: emission.signal,
    step,
    at: message.at + (emission.after ?? 0),
    parents: parents.map(({ id, lap }) => ({ id, lap })),
    lap: lapOf(parents),
    origins: emission.origins ?? [],
    ...(emission.models ? { models: emission.models } : {}),
  };
}

/** A state as a checkpoint keeps it, taken up by a fresh one. */
async function keptAndTakenUp(
  kind: AnyAgentKind,
  state: unknown,
  context: ReturnType<typeof makeContext>,
): Promise<unknown> {
  const arrays = new Map<string, Uint8Array>();
  const keep = (array: NumberArray): string => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice();
    const name = String(arrays.size);
    arrays.set(name, bytes);
    return name;
  };
  const text = JSON.stringify(pack(kind.save ? kind.save(state) : state, { keep }));
  await kind.stop?.(state, context);
  const find = (name: string): Uint8Array => arrays.get(name) as Uint8Array;
  const saved = unpack(JSON.parse(text), { find });
  const fresh: unknown = await kind.start(context);
  return kind.restore ? kind.restore(fresh, saved, context) : saved;
}
