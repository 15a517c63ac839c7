/** Overlapping triangles over a spectrum's bins, stored as each band's stretch of non-zeros. */
export interface MelBank {
  readonly bands: number;
  readonly bins: number;
  /** First bin of each band's stretch. */
  readonly starts: Int32Array;
  readonly weights: readonly Float32Array[];
}

/** What a mel bank is made for: frequencies in hertz, `fMax` by default half the sample rate. */
export interface MelBankOptions {
  readonly sampleRate: number;
  readonly fftSize: number;
  readonly bands: number;
  readonly fMax?: number;
}

const LINEAR_HZ = 200 / 3;
const KNEE_HZ = 1000;
const KNEE_MEL = KNEE_HZ / LINEAR_HZ;
const LOG_STEP = Math.log(6.4) / 27;

/** Hertz to mel on Slaney's scale: linear up to 1000 Hz, logarithmic above. */
export function hzToMel(hz: number): number {
  return hz < KNEE_HZ ? hz / LINEAR_HZ : KNEE_MEL + Math.log(hz / KNEE_HZ) / LOG_STEP;
}

/** Mel on Slaney's scale to hertz. */
export function melToHz(mel: number): number {
  return mel < KNEE_MEL ? mel * LINEAR_HZ : KNEE_HZ * Math.exp((mel - KNEE_MEL) * LOG_STEP);
}

/** The edges of a bank in hertz: `bands + 2` points evenly spaced in mel from 0 to `fMax`. */
export function melEdges(bands: number, fMax: number): Float64Array {
  const top = hzToMel(fMax);
  return Float64Array.from({ length: bands + 2 }, (_, i) => melToHz((top * i) / (bands + 1)));
}

/** Slaney's bank from 0 Hz to `fMax`, each triangle of unit area (librosa 0.8's `mel` defaults). */
export function melBank(options: MelBankOptions): MelBank {
  const { sampleRate, fftSize, bands, fMax = sampleRate / 2 } = options;
  const bins = fftSize / 2 + 1;
  const edges = melEdges(bands, fMax);
  const rows = Array.from({ length: bands }, (_, i) => triangle(edges, i, bins, sampleRate));
  return {
    bands,
    bins,
    starts: Int32Array.from(rows, ({ start }) => start),
    weights: rows.map(({ weights }) => weights),
  };
}

function triangle(
  edges: Float64Array,
  band: number,
  bins: number,
  sampleRate: number,
): { start: number; weights: Float32Array } {
  const [low, peak, high] = [edges[band]!, edges[band + 1]!, edges[band + 2]!];
  const row = Float32Array.from({ length: bins }, (_, bin) => {
    const hz = (bin * sampleRate) / 2 / (bins - 1);
    const height = Math.min((hz - low) / (peak - low), (high - hz) / (high - peak));
    return (Math.max(0, height) * 2) / (high - low);
  });
  const start = Math.max(
    0,
    row.findIndex((w) => w > 0),
  );
  const end = row.findLastIndex((w) => w > 0);
  return { start, weights: row.slice(start, end + 1) };
}

/** Adds up a spectrum of `bins` values under each triangle, into `out` of `bands` values. */
export function throughBank(bank: MelBank, spectrum: Float64Array, out: Float64Array): void {
  for (let band = 0; band < bank.bands; band++) {
    const weights = bank.weights[band]!;
    const start = bank.starts[band]!;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]! * spectrum[start + i]!;
    out[band] = sum;
  }
}
