/** The loudest band of a sound, against the middle one. */
export interface SpectralPeak {
  readonly band: number;
  readonly hertz: number;
  readonly db: number;
  /** How far it stands above the median of all bands. */
  readonly overDb: number;
}

/** A peak this far above the rest is narrow. */
const NARROW_DB = 20;
/** It grows when a turn makes it louder by more than this. */
const GROWS_DB = 0.5;
/** It no longer rings when it has fallen so far under its loudest. */
const FALLEN_DB = 6;
/** Laps whose peaks are remembered. */
const LAPS_MAX = 16;

interface Turned extends SpectralPeak {
  readonly grown: number;
}

/** Whether one frequency of what one agent says grows from turn to turn of a loop. */
export class Ringing {
  readonly #byLap = new Map<number, Turned>();
  #loudest: Turned | undefined;

  /** Takes in the peak of a sound that has been round `lap` times. */
  add(lap: number, peak: SpectralPeak): void {
    const before = this.#byLap.get(lap - 1);
    const alike = before !== undefined && Math.abs(before.band - peak.band) <= 1;
    const grows = alike && isNarrow(peak) && peak.db - before.db > GROWS_DB;
    const now = { ...peak, grown: grows ? before.grown + 1 : 0 };
    this.#byLap.delete(lap);
    this.#byLap.set(lap, now);
    if (this.#byLap.size > LAPS_MAX) this.#byLap.delete([...this.#byLap.keys()][0] as number);
    if (this.#hasFallen(now)) this.#loudest = undefined;
    if (grows && now.grown >= (this.#loudest?.grown ?? 1)) this.#loudest = now;
  }

  /** The peak that has grown for the most turns on end, and how many; until it falls by 6 dB. */
  get grown(): (SpectralPeak & { readonly grown: number }) | undefined {
    return this.#loudest;
  }

  #hasFallen(now: SpectralPeak): boolean {
    const top = this.#loudest;
    if (top === undefined) return false;
    return !isNarrow(now) || Math.abs(now.band - top.band) > 1 || now.db < top.db - FALLEN_DB;
  }
}

function isNarrow({ overDb }: SpectralPeak): boolean {
  return overDb >= NARROW_DB;
}
