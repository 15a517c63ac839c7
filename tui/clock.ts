/** Wall time as the display needs it: to say since when, and to wait. */
export interface WallClock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Calls back once after so many milliseconds; returns what calls it off. */
  after(ms: number, call: () => void): () => void;
}

/** The clock of this machine. */
export const WALL_CLOCK: WallClock = {
  nowMs: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
