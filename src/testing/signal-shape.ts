import type { Audio, Descriptors, Matches, Matrix, SignalKind, SignalMap } from '../core/index.js';
import { arraysOf } from '../core/index.js';

/** What is wrong with the shape of a signal, in a few words; undefined when nothing is. */
export function shapeFault<K extends SignalKind>(
  carries: K,
  signal: SignalMap[K],
): string | undefined {
  if (carries === 'audio') return audioFault(signal as Audio);
  if (carries === 'matches') return matchesFault(signal as Matches);
  if (carries === 'control') return undefined;
  const fault = matrixFault(signal as Matrix);
  if (fault !== undefined || carries !== 'descriptors') return fault;
  const { names, columns, hopLength } = signal as Descriptors;
  if (names.length !== columns) return `${names.length} names for ${columns} columns`;
  return hopLength > 0 ? undefined : `a hop of ${hopLength}`;
}

/** Whether every number a signal carries is finite. */
export function isFiniteSignal<K extends SignalKind>(carries: K, signal: SignalMap[K]): boolean {
  return arraysOf(carries, signal).every((array) => array.every(Number.isFinite));
}

function audioFault({ sampleRate, channels }: Audio): string | undefined {
  if (!(sampleRate > 0)) return `a sample rate of ${sampleRate}`;
  if (channels.length === 0) return 'no channels';
  const length = channels[0]!.length;
  const uneven = channels.some((channel) => channel.length !== length);
  return uneven ? 'channels of different lengths' : undefined;
}

function matrixFault({ rows, columns, data }: Matrix): string | undefined {
  if (rows * columns === data.length) return undefined;
  return `${data.length} values for ${rows} × ${columns}`;
}

function matchesFault({ list }: Matches): string | undefined {
  const bad = list.find(({ unit, distance }) => unit === '' || Number.isNaN(distance));
  return bad === undefined ? undefined : `a match without a unit or a distance: ${bad.unit}`;
}
