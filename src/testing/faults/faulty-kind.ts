import type { AnyAgentKind, Context, Emission, Message, Step } from '../../agents/index.js';
import { type Ports, type Random, type SignalKind, seededRandom } from '../../core/index.js';
import { poisoned } from './poison.js';

/** How likely each fault of a step is, from 0 to 1; whatever is absent never happens. */
export interface KindFaults {
  readonly seed: number;
  /** It throws instead of answering. */
  readonly throws?: number;
  /** It says numbers that are none. */
  readonly poisons?: number;
  /** It says its first word a hundred times over. */
  readonly floods?: number;
  /** It falls silent. */
  readonly mute?: number;
  /** It speaks at a time that is none. */
  readonly untimely?: number;
  /** It kills its process, which the kind then asks to have for itself. */
  readonly dies?: number;
  /** It never answers. */
  readonly hangs?: number;
}

/** What can be wrong with a step. */
export type KindFault = Exclude<keyof KindFaults, 'seed'>;

const FAULTS: readonly KindFault[] = [
  'throws',
  'poisons',
  'floods',
  'mute',
  'untimely',
  'dies',
  'hangs',
];

const FLOOD = 100;

/**
 * Wraps a kind so that some steps go wrong, by a seed: which ones is drawn from the agent's name,
 * the logical time and the message alone, so a restart changes nothing.
 */
export function faultyKind(kind: AnyAgentKind, faults: KindFaults): AnyAgentKind {
  return {
    ...kind,
    ...((faults.dies ?? 0) > 0 ? { isolation: 'process' as const } : {}),
    async receive(
      state: unknown,
      message: Message<Ports>,
      context: Context<unknown>,
    ): Promise<Step<unknown, Ports>> {
      const fault = faultOf(faults, message, context);
      if (fault === 'throws') throw new Error('a fault that was asked for');
      if (fault === 'dies') process.kill(process.pid, 'SIGKILL');
      if (fault === 'hangs') await new Promise<never>(() => {});
      const step: Step<unknown, Ports> = await kind.receive(state, message, context);
      return { state: step.state, emit: spoil(fault, step.emit, kind) };
    },
  };
}

/** What goes wrong in one step, if anything; the first in the order of the listing. */
export function faultOf(
  faults: KindFaults,
  message: Message<Ports>,
  { self, now }: Pick<Context<unknown>, 'self' | 'now'>,
): KindFault | undefined {
  const { port, id, lap } = message;
  const random = seededRandom(faults.seed, 'step', self, `${now}`, port, id, `${lap}`);
  return FAULTS.filter((fault) => happens(random, faults[fault]))[0];
}

function happens(random: Random, probability = 0): boolean {
  return random.next() < probability;
}

type Said = readonly Emission<Ports>[];

function spoil(fault: KindFault | undefined, said: Said, kind: AnyAgentKind): Said {
  const [first, ...rest] = said;
  if (first === undefined || fault === undefined) return said;
  if (fault === 'mute') return [];
  if (fault === 'floods') return Array.from({ length: FLOOD }, () => first);
  if (fault === 'untimely') return [{ ...first, after: Number.NaN }, ...rest];
  if (fault !== 'poisons') return said;
  const carries = kind.outputs[first.port]?.carries as SignalKind;
  return [{ ...first, signal: poisoned(carries, first.signal) }, ...rest];
}
