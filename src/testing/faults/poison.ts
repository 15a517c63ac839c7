import {
  type Audio,
  type Control,
  type Matches,
  type Matrix,
  type SignalKind,
  type SignalMap,
} from '../../core/index.js';

/** A copy of a signal in which the first number is none (NaN); an empty one stays as it is. */
export function poisoned<K extends SignalKind>(carries: K, signal: SignalMap[K]): SignalMap[K] {
  return poison(carries, signal) as SignalMap[K];
}

function poison(carries: SignalKind, signal: SignalMap[SignalKind]): SignalMap[SignalKind] {
  if (carries === 'control') return { ...(signal as Control), value: Number.NaN };
  if (carries === 'matches') {
    const [first, ...rest] = (signal as Matches).list;
    return { list: first === undefined ? [] : [{ ...first, distance: Number.NaN }, ...rest] };
  }
  if (carries === 'audio') {
    const [first, ...rest] = (signal as Audio).channels;
    const channels = first === undefined ? [] : [spoilt(first), ...rest];
    return { ...(signal as Audio), channels };
  }
  return { ...(signal as Matrix), data: spoilt((signal as Matrix).data) };
}

function spoilt(numbers: Float32Array): Float32Array {
  const copy = numbers.slice();
  if (copy.length > 0) copy[0] = Number.NaN;
  return copy;
}
