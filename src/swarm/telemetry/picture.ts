import { type MelBank, RealFft, hann, melBank, melEdges, throughBank } from '../../audio/index.js';
import type { Audio } from '../../core/index.js';
import { type Sounding, type SpectralPeak, quantile } from '../../telemetry/index.js';
import { rounded } from './level.js';

const FRAME = 1024;
const BANDS = 48;
const COLUMNS_MAX = 48;
/** Decibels of a byte of 0; a byte of 255 is full scale. */
const FLOOR_DB = -90;
/** What lies so far under the loudest cell of a picture does not colour its cepstra. */
const RANGE_DB = 60;
const CEPSTRA = 13;

/** A sound as it can be looked at, and what it is like. */
export interface Painting {
  readonly picture: Sounding['picture'];
  /** Mean and spread of 13 cepstra (without the level), 26 numbers. */
  readonly feature: readonly number[];
  readonly peak: SpectralPeak;
}

interface Eye {
  readonly bank: MelBank;
  readonly hertz: number[];
}

/** Draws sounds: 48 frames of 1,024 samples at most, whatever their length. */
export class Painter {
  readonly #eyes = new Map<number, Eye>();
  readonly #fft = new RealFft(FRAME);
  readonly #window = hann(FRAME);
  readonly #frame = new Float64Array(FRAME);
  readonly #power = new Float64Array(FRAME / 2 + 1);
  readonly #bandPower = new Float64Array(BANDS);

  /** Draws the sum of a sound's channels. */
  paint({ channels, sampleRate }: Audio): Painting {
    const length = channels[0]?.length ?? 0;
    const columns = Math.max(1, Math.min(COLUMNS_MAX, Math.ceil(length / FRAME)));
    const hop = columns === 1 ? 0 : Math.floor((length - FRAME) / (columns - 1));
    const { bank, hertz } = this.#eyeFor(sampleRate);
    const bandsDb = new Float64Array(columns * BANDS);
    for (let column = 0; column < columns; column++) {
      this.#look(channels, column * Math.max(0, hop), bank);
      for (let b = 0; b < BANDS; b++) {
        bandsDb[column * BANDS + b] = 10 * Math.log10(this.#bandPower[b]! + 1e-12);
      }
    }
    const columnSeconds = rounded(length / columns / sampleRate);
    const data = bytesOf(bandsDb).toString('base64');
    const picture = { bands: BANDS, columns, columnSeconds, hertz, data };
    return { picture, feature: featureOf(bandsDb), peak: peakOf(bandsDb, hertz) };
  }

  #look(channels: readonly Float32Array[], from: number, bank: MelBank): void {
    const frame = this.#frame.fill(0);
    for (const channel of channels) {
      const end = Math.min(FRAME, channel.length - from);
      for (let n = 0; n < end; n++) frame[n]! += channel[from + n]!;
    }
    // A full-scale sine is 0 dB: its bin is then a quarter of the frame, whatever the channels.
    const scale = 4 / FRAME / Math.max(1, channels.length);
    for (let n = 0; n < FRAME; n++) frame[n]! *= this.#window[n]! * scale;
    const { re, im } = this.#fft;
    this.#fft.forward(frame);
    for (let k = 0; k < this.#power.length; k++) {
      this.#power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
    }
    throughBank(bank, this.#power, this.#bandPower);
  }

  #eyeFor(sampleRate: number): Eye {
    const known = this.#eyes.get(sampleRate);
    if (known !== undefined) return known;
    const bank = peakOne(melBank({ sampleRate, fftSize: FRAME, bands: BANDS }));
    const edges = melEdges(BANDS, sampleRate / 2);
    const eye = { bank, hertz: Array.from(edges.slice(1, -1), (hz) => Math.round(hz)) };
    if (this.#eyes.size < 8) this.#eyes.set(sampleRate, eye);
    return eye;
  }
}

/** Triangles of height one, so that a sine is as bright as it is loud in every band. */
function peakOne(bank: MelBank): MelBank {
  const weights = bank.weights.map((row) => {
    const top = row.reduce((max, weight) => Math.max(max, weight), 0);
    return top > 0 ? row.map((weight) => weight / top) : row;
  });
  return { ...bank, weights };
}

function bytesOf(bandsDb: Float64Array): Buffer {
  const bytes = Buffer.alloc(bandsDb.length);
  for (let n = 0; n < bytes.length; n++) {
    const share = 1 - Math.min(0, bandsDb[n]!) / FLOOR_DB;
    bytes[n] = Math.max(0, Math.round(255 * share));
  }
  return bytes;
}

/** The band that is loudest on average over the sound's columns. */
function peakOf(bandsDb: Float64Array, hertz: readonly number[]): SpectralPeak {
  const columns = bandsDb.length / BANDS;
  const means = hertz.map((_, b) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += bandsDb[column * BANDS + b]!;
    return sum / columns;
  });
  const db = means.reduce((most, mean) => Math.max(most, mean), FLOOR_DB);
  const band = Math.max(0, means.indexOf(db));
  return { band, hertz: hertz[band]!, db, overDb: db - quantile(means, 0.5) };
}

const COSINES = Float64Array.from({ length: CEPSTRA * BANDS }, (_, i) => {
  const [k, b] = [1 + Math.floor(i / BANDS), i % BANDS];
  return Math.sqrt(2 / BANDS) * Math.cos((Math.PI * k * (2 * b + 1)) / (2 * BANDS));
});

function featureOf(bandsDb: Float64Array): number[] {
  const floor = bandsDb.reduce((max, db) => Math.max(max, db), FLOOR_DB) - RANGE_DB;
  const columns = bandsDb.length / BANDS;
  const sums = new Float64Array(CEPSTRA);
  const squares = new Float64Array(CEPSTRA);
  for (let column = 0; column < columns; column++) {
    const from = column * BANDS;
    for (let k = 0; k < CEPSTRA; k++) {
      let sum = 0;
      for (let b = 0; b < BANDS; b++) {
        sum += COSINES[k * BANDS + b]! * Math.max(bandsDb[from + b]!, floor);
      }
      sums[k]! += sum;
      squares[k]! += sum * sum;
    }
  }
  const means = [...sums].map((sum) => sum / columns);
  const spreads = means.map((mean, k) => {
    return Math.sqrt(Math.max(0, squares[k]! / columns - mean * mean));
  });
  return [...means, ...spreads].map((x) => Math.round(x * 1e4) / 1e4);
}
