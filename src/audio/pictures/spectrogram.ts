import type { Audio } from '../../core/index.js';
import { monoOf } from '../mono.js';
import { eachSpectrum, framesOf } from '../stft.js';
import { heatMap } from './heat-map.js';
import { encodePng } from './png.js';

/** What of a sound is drawn. */
export interface SpectrogramOptions {
  /** Columns of the picture; 1200 unless given. A short sound has fewer. */
  readonly columns?: number;
  /** The highest frequency drawn, in hertz; 10,000 unless given. */
  readonly highestHz?: number;
  /** What is black, in dB below the loudest point; 80 unless given. */
  readonly rangeDb?: number;
}

const FFT_SIZE = 2048;
const QUIET = 1e-9;

/** A spectrogram as PNG: time to the right, frequency upward on a linear scale, light is loud. */
export function spectrogramPng(audio: Audio, options: SpectrogramOptions = {}): Uint8Array {
  const { columns = 1200, highestHz = 10_000, rangeDb = 80 } = options;
  const samples = monoOf(audio);
  const hopLength = Math.max(FFT_SIZE / 8, Math.ceil(samples.length / columns));
  const top = Math.ceil((Math.min(highestHz, audio.sampleRate / 2) * FFT_SIZE) / audio.sampleRate);
  const cut = { fftSize: FFT_SIZE, hopLength, margin: FFT_SIZE / 2, padding: 'silence' } as const;
  const width = framesOf(samples.length, cut);
  const data = new Float32Array(top * width).fill(QUIET);
  eachSpectrum(samples, cut, ({ re, im }, t) => {
    for (let k = 0; k < top; k++) data[k * width + t]! += Math.hypot(re[k]!, im[k]!);
  });
  const loudest = data.reduce((most, x) => Math.max(most, x), QUIET);
  const levels = data.map((x) => Math.max(-rangeDb, 20 * Math.log10(x / loudest)));
  return encodePng(heatMap({ rows: top, columns: width, data: levels }, { across: 1, up: 1 }));
}
