import { LoudnessMeter, lufsOf } from './loudness-meter.js';

/** What is quieter does not count at all, nor what is so much under the loudness of the rest. */
const GATE_LUFS = -70;
const GATE_UNDER_LU = 10;
/** Windows are kept by hundredths of a LU from the gate up, so that a month takes no more room. */
const BINS_PER_LU = 100;
const BINS = 100 * BINS_PER_LU;

/**
 * How loud a whole is, in LUFS: windows of 400 ms a quarter apart, twice gated (ITU-R BS.1770-4,
 * EBU R128). Takes finite samples.
 */
export class IntegratedLoudness {
  readonly #meter: LoudnessMeter;
  readonly #counts = new Float64Array(BINS);
  readonly #powers = new Float64Array(BINS);

  constructor(options: { readonly sampleRate: number; readonly channels: number }) {
    this.#meter = new LoudnessMeter(options);
  }

  /** Hears the next block. */
  add(channels: readonly Float32Array[]): void {
    this.#meter.add(channels, () => this.#keep(this.#meter.momentaryPower ?? 0));
  }

  /** Of all heard so far; −∞ where nothing passed the gate. */
  get lufs(): number {
    const gate = lufsOf(this.#meanFrom(0)) - GATE_UNDER_LU;
    return lufsOf(this.#meanFrom(Number.isFinite(gate) ? binOf(gate) : 0));
  }

  #keep(power: number): void {
    const lufs = lufsOf(power);
    if (lufs < GATE_LUFS) return;
    this.#counts[binOf(lufs)]!++;
    this.#powers[binOf(lufs)]! += power;
  }

  #meanFrom(bin: number): number {
    let [count, power] = [0, 0];
    for (let i = bin; i < BINS; i++) {
      count += this.#counts[i]!;
      power += this.#powers[i]!;
    }
    return count === 0 ? 0 : power / count;
  }
}

function binOf(lufs: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.floor((lufs - GATE_LUFS) * BINS_PER_LU)));
}
