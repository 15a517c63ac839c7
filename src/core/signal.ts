/** A matrix stored row by row: `data[row * columns + column]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** una-GAN's input, [zDim, n]: one column for every 16 mel frames (anatomy §3.2). */
export interface Noise extends Matrix {}

/** A log10 mel-spectrogram, [80, t]: hop 256, floor −5 (anatomy §2). */
export interface Mel extends Matrix {
  readonly hopLength: number;
  readonly sampleRate: number;
}

/** Sound: one array of samples in [−1, 1] per channel, all of one length. */
export interface Audio {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

/**
 * Analysed or predicted frames, [frames, d]: a composition is such a string. `names` has d
 * entries.
 */
export interface Descriptors extends Matrix {
  readonly names: readonly string[];
  readonly hopLength: number;
  readonly sampleRate: number;
}

/**
 * One choice of the sampler: a unit (`source@sample`), its distance to the query and its rank
 * among the candidates.
 */
export interface Match {
  readonly unit: string;
  readonly distance: number;
  readonly rank: number;
}

/** What the sampler chose and why, in playing order. */
export interface Matches {
  readonly list: readonly Match[];
}

/** A named number: a gain, a gate, a pause, an injection. */
export interface Control {
  readonly name: string;
  readonly value: number;
}

/** The six things that travel; few on purpose, so that any network can feed any other. */
export interface SignalMap {
  readonly noise: Noise;
  readonly mel: Mel;
  readonly audio: Audio;
  readonly descriptors: Descriptors;
  readonly matches: Matches;
  readonly control: Control;
}

/** The name of a signal. */
export type SignalKind = keyof SignalMap;

/** Every signal's name, in the order of the design. */
export const SIGNAL_KINDS: readonly SignalKind[] = [
  'noise',
  'mel',
  'audio',
  'descriptors',
  'matches',
  'control',
];

/** The arrays of numbers a signal holds, without copying. */
export function arraysOf<K extends SignalKind>(carries: K, signal: SignalMap[K]): Float32Array[] {
  if (carries === 'audio') return [...(signal as Audio).channels];
  if (carries === 'matches' || carries === 'control') return [];
  return [(signal as Matrix).data];
}

/** The weight of a signal in bytes, as the limits count it. */
export function bytesOf<K extends SignalKind>(carries: K, signal: SignalMap[K]): number {
  if (carries === 'matches') return (signal as Matches).list.length * 32;
  return arraysOf(carries, signal).reduce((sum, array) => sum + array.byteLength, 32);
}

/**
 * Multiplies a signal by a linear gain; mel, descriptors, matches and noise are shapes, not
 * levels, and pass unchanged.
 */
export function withGain<K extends SignalKind>(
  carries: K,
  signal: SignalMap[K],
  gain: number,
): SignalMap[K] {
  if (gain === 1) return signal;
  if (carries === 'audio') return louder(signal as Audio, gain) as unknown as SignalMap[K];
  if (carries !== 'control') return signal;
  const control = signal as Control;
  return { ...control, value: control.value * gain } as SignalMap[K];
}

function louder(audio: Audio, gain: number): Audio {
  return { ...audio, channels: audio.channels.map((channel) => channel.map((x) => x * gain)) };
}
