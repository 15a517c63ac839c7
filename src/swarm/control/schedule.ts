import type { Samples } from '../../core/index.js';

/** How a link stands from a moment on. */
export interface Setting {
  /** Envelopes said at this time or later cross it so. */
  readonly time: Samples;
  readonly gain: number;
  readonly delaySamples: Samples;
  /** Why it carries nothing, such as `loop 2`, `mute` or `solo`; it is open when there is none. */
  readonly hushed: readonly string[];
}

/**
 * A link's settings over logical time. What crosses is judged by when it was said, never by when
 * it is looked at, so a control takes effect at the same envelope in every run.
 */
export class Schedule {
  #settings: Setting[];

  constructor(gain: number, delaySamples: Samples) {
    this.#settings = [{ time: Number.NEGATIVE_INFINITY, gain, delaySamples, hushed: [] }];
  }

  /** The setting for what is said at `time`. */
  at(time: Samples): Setting {
    const settings = this.#settings;
    let last = settings.length - 1;
    while (last > 0 && (settings[last] as Setting).time > time) last--;
    return settings[last] as Setting;
  }

  /** The setting that holds in the end, as far as is known. */
  get latest(): Setting {
    return this.#settings.at(-1) as Setting;
  }

  /** The least delay that anything still to come may cross with. */
  get delayMin(): Samples {
    return Math.min(...this.#settings.map(({ delaySamples }) => delaySamples));
  }

  /**
   * Changes the setting from `time` on, which must be no earlier than any change before. Nothing
   * said before `settled` will cross any more, so what held only until then is forgotten.
   */
  change(time: Samples, change: Partial<Omit<Setting, 'time'>>, settled: Samples): void {
    const { latest } = this;
    if (time < latest.time) throw new RangeError(`a change at ${time}, after one later`);
    const kept = this.at(settled);
    this.#settings = this.#settings.filter(
      (setting) => (setting === kept || setting.time > settled) && setting.time < time,
    );
    this.#settings.push({ ...latest, ...change, time });
  }

  /** The reasons to carry nothing, with one more or one less. */
  hushedWith(reason: string, on: boolean): readonly string[] {
    const others = this.latest.hushed.filter((other) => other !== reason);
    return on ? [...others, reason] : others;
  }
}
