import type { AnyAgentKind, Context, Emission, Message, Step } from '../../agents/index.js';
import type { Ancestor, Ports, Samples } from '../../core/index.js';
import type { Casting, Scenario } from '../../scenarios/index.js';
import { type Habit, habitOf } from './habit.js';
import { tinySignal } from './tiny-signal.js';

/** What a stand-in remembers: when it last answered, and what it heard since it last spoke. */
interface State {
  readonly answeredAt: Samples | null;
  readonly heard: Ancestor | null;
}

/**
 * A kind's light double: the same ports, params and beat, and its habit of answering, but tiny
 * signals and nothing computed.
 */
export function standIn(kind: AnyAgentKind): AnyAgentKind {
  const { kind: name, summary, params, inputs, outputs, ticks } = kind;
  const start = (): State => ({ answeredAt: null, heard: null });
  // The params are the same object at every step of an agent.
  const habits = new WeakMap<object, Habit>();
  const habit = (of: object): Habit => {
    const known = habits.get(of) ?? habitOf(kind, of);
    habits.set(of, known);
    return known;
  };
  return {
    kind: name,
    summary,
    params,
    inputs,
    outputs,
    ...(ticks ? { ticks: (of: unknown) => ticks.call(kind, of) } : {}),
    start,
    receive: (state: State, message: Message<Ports>, context: Context<object>) =>
      answered(state, message, context, { kind, habit: habit(context.params) }),
  };
}

/** The scenario with a stand-in for every agent, all in the engine's own process. */
export function withStandIns(scenario: Scenario): Scenario {
  const doubles = new Map(scenario.cast.map(({ kind }) => [kind, standIn(kind)]));
  const cast = scenario.cast.map((casting): Casting => {
    const { kindFile: _, ...rest } = casting;
    return { ...rest, kind: doubles.get(rest.kind) as AnyAgentKind, isolation: 'inline' };
  });
  return { ...scenario, cast };
}

interface Double {
  readonly kind: AnyAgentKind;
  readonly habit: Habit;
}

type Done = Step<State, Ports>;

function answered(
  state: State,
  message: Message<Ports>,
  context: Context<object>,
  { kind, habit }: Double,
): Done {
  const { now, sampleRate } = context;
  if (message.port === 'tick') {
    const parents = state.heard === null ? [] : [state.heard];
    return { state: { ...state, heard: null }, emit: spoken(context, { kind, habit }, parents) };
  }
  const heard = { id: message.id, lap: message.lap };
  const rested =
    state.answeredAt === null || now - state.answeredAt >= habit.restSeconds * sampleRate;
  if (!rested || !habit.answers.includes(message.port)) {
    return { state: { ...state, heard }, emit: [] };
  }
  const after = Math.round(habit.afterSeconds * sampleRate);
  const emit = spoken(context, { kind, habit }, [heard]).map((said) => ({ ...said, after }));
  return { state: { answeredAt: now, heard: null }, emit };
}

function spoken(
  { random, sampleRate }: Context<object>,
  { kind, habit }: Double,
  parents: readonly Ancestor[],
): readonly Emission<Ports>[] {
  return habit.says.map((port) => {
    const carries = kind.outputs[port].carries;
    return { port, signal: tinySignal(carries, random, sampleRate), parents };
  });
}
