/**
 * A line of past samples that can be read between its samples. Holds at least `lengthMax` of them.
 */
export class DelayLine {
  readonly #past: Float64Array;
  readonly #mask: number;
  #head = 0;

  constructor(lengthMax: number) {
    const size = 2 ** Math.ceil(Math.log2(lengthMax + 4));
    this.#past = new Float64Array(size);
    this.#mask = size - 1;
  }

  /** The sample written `delay` writes ago (1 is the last one written). */
  at(delay: number): number {
    return this.#past[(this.#head - delay) & this.#mask]!;
  }

  /**
   * As `at`, for any delay of 2 or more: third-order Lagrange interpolation (Laakso et al. 1996).
   */
  between(delay: number): number {
    const whole = Math.floor(delay);
    const d = delay - whole;
    const [e, f, g] = [d + 1, d - 1, d - 2];
    return (
      (-d * f * g * this.at(whole - 1)) / 6 +
      (e * f * g * this.at(whole)) / 2 -
      (e * d * g * this.at(whole + 1)) / 2 +
      (e * d * f * this.at(whole + 2)) / 6
    );
  }

  write(sample: number): void {
    this.#past[this.#head] = sample;
    this.#head = (this.#head + 1) & this.#mask;
  }
}
