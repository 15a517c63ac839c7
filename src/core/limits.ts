/** Every brim in one place (Law 3). */
export interface Limits {
  /** Messages older than this many laps expire. */
  readonly laps: number;
  /** Messages one agent may have waiting at one instant. */
  readonly inbox: number;
  /**
   * Messages one returning link may hold in its delay, and things one agent may plan to say
   * later.
   */
  readonly inFlight: number;
  /** Emissions of one step. */
  readonly emissions: number;
  /** Bytes of one signal. */
  readonly signalBytes: number;
  /** Bytes of one run's archive. */
  readonly archiveBytes: number;
}

/** The brims of a scenario that names none. */
export const LIMITS_DEFAULT: Limits = {
  laps: 64,
  inbox: 64,
  inFlight: 256,
  emissions: 16,
  signalBytes: 64 * 1024 * 1024,
  archiveBytes: 20 * 1024 ** 3,
};
