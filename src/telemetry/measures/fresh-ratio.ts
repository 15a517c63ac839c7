interface HeardSound {
  readonly seconds: number;
  readonly durationSeconds: number;
  readonly outside: boolean;
}

/** Sounds that are remembered at most. */
const HEARD_MAX = 1024;

/** The share of the sound heard lately that came from outside. */
export class FreshRatio {
  readonly #windowSeconds: number;
  #heard: HeardSound[] = [];

  constructor(windowSeconds = 60) {
    this.#windowSeconds = windowSeconds;
  }

  /** Notes that an agent heard a sound at a logical time. */
  add(sound: HeardSound): void {
    this.#heard.push(sound);
    if (this.#heard.length > 2 * HEARD_MAX) this.#heard = this.#heard.slice(-HEARD_MAX);
  }

  /** Outside over all, by duration, of what was heard since; undefined when nothing was. */
  at(nowSeconds: number): number | undefined {
    const since = nowSeconds - this.#windowSeconds;
    let [outside, all] = [0, 0];
    for (const sound of this.#heard.slice(-HEARD_MAX)) {
      if (sound.seconds < since) continue;
      all += sound.durationSeconds;
      if (sound.outside) outside += sound.durationSeconds;
    }
    return all === 0 ? undefined : outside / all;
  }
}
