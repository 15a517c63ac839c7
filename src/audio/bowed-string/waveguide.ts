import { bowPull } from './friction.js';
import { DelayLine } from './delay-line.js';

/** What a string is made of and where it is played; constant during a note. */
export interface StringSetup {
  /** The longest period it will be asked for, in samples. */
  readonly periodMax: number;
  /** Samples a wave needs from the bow to the bridge and back: the place of the bow. */
  readonly bridgeSamples: number;
  /** Share of a wave that returns from the nut, under 1. */
  readonly nutGain: number;
  /** Pole of the bridge's low-pass reflection, 0 to 0.95: the nearer 1 the darker. */
  readonly bridgePole: number;
  /** The partial a light finger leaves sounding (1 is no finger). */
  readonly partial: number;
}

/**
 * A string as two delay lines that meet at the bow: one to the nut and back, one to the bridge and
 * back. The digital waveguide of Smith 1986 ("Efficient simulation of the reed-bore and bow-string
 * mechanisms").
 */
export class Waveguide {
  readonly #setup: StringSetup;
  readonly #neck: DelayLine;
  readonly #bridge: DelayLine;
  #reflected = 0;

  constructor(setup: StringSetup) {
    this.#setup = setup;
    this.#neck = new DelayLine(Math.ceil(setup.periodMax * 2) + 8);
    this.#bridge = new DelayLine(setup.bridgeSamples + 8);
  }

  /**
   * The neck's delay that makes the whole loop `period` samples long; set it whenever the pitch
   * moves.
   */
  delayFor(period: number): number {
    return Math.max(3, period - this.#setup.bridgeSamples - this.#filterDelay(period));
  }

  /**
   * One sample: the wave that reaches the bridge. `delay` is from `delayFor`; `bow` is the bow's
   * velocity, `force` as in `bowPull` (0 is no bow); `push` is velocity added by a finger or a
   * stick.
   */
  step(delay: number, bow: number, force: number, push: number): number {
    const { bridgeSamples, nutGain, bridgePole } = this.#setup;
    const atBridge = this.#bridge.at(bridgeSamples);
    this.#reflected = (1 - bridgePole) * atBridge + bridgePole * this.#reflected;
    const fromBridge = -this.#reflected;
    const fromNut = -nutGain * this.#fromNeck(delay);
    const added = (force > 0 ? bowPull(bow - fromNut - fromBridge, force) : 0) + push;
    this.#neck.write(fromBridge + added);
    this.#bridge.write(fromNut + added);
    return atBridge;
  }

  /**
   * A light finger at 1/n of the string ends every mode that has no node there. Its losses are put
   * at the nut: the mean of n readings, an n-th of a period apart, is 1 for each n-th mode, else 0.
   */
  #fromNeck(delay: number): number {
    const { partial, bridgeSamples } = this.#setup;
    let sum = this.#neck.between(delay);
    const apart = (delay + bridgeSamples) / partial;
    for (let j = 1; j <= partial / 2; j++) {
      const [near, far] = [Math.max(2, delay - j * apart), delay + j * apart];
      sum += (2 * j === partial ? 0.5 : 1) * (this.#neck.between(near) + this.#neck.between(far));
    }
    return sum / partial;
  }

  /**
   * Phase delay of the bridge's reflection, in samples. Taken at the third partial: a bowed string
   * sounds where its partials agree, not where its lowest one would alone (measured: at most 10
   * cents off from G3 to E7).
   */
  #filterDelay(period: number): number {
    const angle = Math.min(1.5, (6 * Math.PI) / period);
    const { bridgePole } = this.#setup;
    return Math.atan2(bridgePole * Math.sin(angle), 1 - bridgePole * Math.cos(angle)) / angle;
  }
}
