import FFT from 'fft.js';

/**
 * The transform of a real frame of `size` samples (a power of two, at least 4), computed as a
 * complex one of half the length. Spectra are `bins = size / 2 + 1` numbers in `re` and `im`,
 * not normalised; the inverse is.
 */
export class RealFft {
  readonly size: number;
  readonly bins: number;
  /** The spectrum of the last `forward`, or what the next `inverse` takes. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly #fft: FFT;
  readonly #packed: Float64Array;
  readonly #folded: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(size: number) {
    const half = size / 2;
    this.size = size;
    this.bins = half + 1;
    this.re = new Float64Array(this.bins);
    this.im = new Float64Array(this.bins);
    this.#fft = new FFT(half);
    this.#packed = new Float64Array(size);
    this.#folded = new Float64Array(size);
    this.#cos = Float64Array.from({ length: this.bins }, (_, k) =>
      Math.cos((2 * Math.PI * k) / size),
    );
    this.#sin = Float64Array.from({ length: this.bins }, (_, k) =>
      Math.sin((2 * Math.PI * k) / size),
    );
  }

  /** Fills `re` and `im` with the spectrum of a frame of `size` samples. */
  forward(frame: Float64Array): void {
    const { re, im, size } = this;
    const z = this.#packed;
    this.#fft.transform(z, frame);
    for (let k = 0; k < this.bins; k++) {
      const a = k === size / 2 ? 0 : 2 * k;
      const b = k === 0 ? 0 : size - 2 * k;
      const evenRe = (z[a]! + z[b]!) / 2;
      const evenIm = (z[a + 1]! - z[b + 1]!) / 2;
      const oddRe = (z[a + 1]! + z[b + 1]!) / 2;
      const oddIm = (z[b]! - z[a]!) / 2;
      re[k] = evenRe + this.#cos[k]! * oddRe + this.#sin[k]! * oddIm;
      im[k] = evenIm + this.#cos[k]! * oddIm - this.#sin[k]! * oddRe;
    }
  }

  /** Writes the real frame whose spectrum is in `re` and `im`. */
  inverse(frame: Float64Array): void {
    const { re, im, size } = this;
    const half = size / 2;
    const z = this.#folded;
    for (let k = 0; k < half; k++) {
      const mirror = half - k;
      const evenRe = (re[k]! + re[mirror]!) / 2;
      const evenIm = (im[k]! - im[mirror]!) / 2;
      const diffRe = (re[k]! - re[mirror]!) / 2;
      const diffIm = (im[k]! + im[mirror]!) / 2;
      const oddRe = diffRe * this.#cos[k]! - diffIm * this.#sin[k]!;
      const oddIm = diffRe * this.#sin[k]! + diffIm * this.#cos[k]!;
      z[2 * k] = evenRe - oddIm;
      z[2 * k + 1] = evenIm + oddRe;
    }
    this.#fft.inverseTransform(this.#packed, z);
    for (let n = 0; n < size; n++) frame[n] = this.#packed[n]!;
  }
}
