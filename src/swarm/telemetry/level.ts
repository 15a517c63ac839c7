import type { Audio, Envelope, Matrix, Mel, SignalKind, SignalMap } from '../../core/index.js';

/** How loud and how long a signal is. */
export interface Level {
  /** Seconds; undefined for what has no duration. */
  readonly seconds: number | undefined;
  /** Greatest magnitude of a sample; undefined for what is not audio. */
  readonly peak: number | undefined;
  /** Mean power: of the samples, or of a mel's linear magnitudes; undefined for neither. */
  readonly power: number | undefined;
}

const NO_LEVEL: Level = { seconds: undefined, peak: undefined, power: undefined };

/** Cells of a mel that are looked at. */
const CELLS_MAX = 4096;

/** Measures a signal without changing it. */
export function levelOf(carries: SignalKind, signal: SignalMap[SignalKind]): Level {
  if (carries === 'audio') return audioLevel(signal as Audio);
  if (carries === 'mel') return melLevel(signal as Mel);
  return NO_LEVEL;
}

function audioLevel({ channels, sampleRate }: Audio): Level {
  let [loudest, sum, count] = [0, 0, 0];
  for (const channel of channels) {
    count += channel.length;
    for (let n = 0; n < channel.length; n++) {
      const x = channel[n]!;
      // Squares need no sign: a branch on the sign of noise costs five times the rest.
      const power = x * x;
      sum += power;
      if (power > loudest) loudest = power;
    }
  }
  const seconds = (channels[0]?.length ?? 0) / sampleRate;
  return { seconds, peak: Math.sqrt(loudest), power: count === 0 ? 0 : sum / count };
}

function melLevel({ data, columns, hopLength, sampleRate }: Mel): Level {
  const step = Math.max(1, Math.ceil(data.length / CELLS_MAX));
  let [sum, count] = [0, 0];
  for (let n = 0; n < data.length; n += step) {
    sum += 10 ** (2 * data[n]!);
    count++;
  }
  const seconds = (columns * hopLength) / sampleRate;
  return { seconds, peak: undefined, power: count === 0 ? 0 : sum / count };
}

/** Mean power in dB; undefined for silence. */
export function powerDb(power: number | undefined): number | undefined {
  return power === undefined || power <= 0 ? undefined : rounded(10 * Math.log10(power));
}

/** An amplitude in dB below full scale; undefined for silence. */
export function amplitudeDb(peak: number | undefined): number | undefined {
  return peak === undefined || peak <= 0 ? undefined : rounded(20 * Math.log10(peak));
}

/** A number as a record needs it: three places. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The shape of what an envelope carries, as records tell it. */
export function shapeOf({ carries, signal }: Envelope): number[] {
  if (carries === 'audio') {
    const { channels } = signal as Audio;
    return [channels.length, channels[0]?.length ?? 0];
  }
  if (carries === 'matches') return [(signal as SignalMap['matches']).list.length];
  if (carries === 'control') return [1];
  const { rows, columns } = signal as Matrix;
  return [rows, columns];
}
