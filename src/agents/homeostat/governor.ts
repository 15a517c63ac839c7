/** How a governor acts. Times in seconds; errors and outputs are shares of what they span. */
export interface Governing {
  /** Output for an error of 1. */
  readonly gain: number;
  /** An error of 1/gain that stays has moved the output by 1 after so long. */
  readonly settleSeconds: number;
  /** The output crosses its whole range in this at the fastest. */
  readonly slewSeconds: number;
  /** Errors up to this are left alone, larger ones count from its edge. */
  readonly deadBand: number;
}

/** What a governor remembers: the output it gives and the part of it that was gathered. */
export interface Governor {
  readonly output: number;
  readonly gathered: number;
}

/** A governor at rest at an output from 0 to 1. */
export function governorAt(output: number): Governor {
  return { output, gathered: output };
}

/**
 * One step of proportional-integral control with an output from 0 to 1 (Åström and Hägglund 1995,
 * "PID Controllers", ch. 3). Against windup nothing is gathered while the output stands at its
 * bound or moves as fast as it may and the error would push it further.
 */
export function governed(
  { output, gathered }: Governor,
  error: number,
  stepSeconds: number,
  { gain, settleSeconds, slewSeconds, deadBand }: Governing,
): Governor {
  const push = gain * Math.sign(error) * Math.max(0, Math.abs(error) - deadBand);
  const more = clamped(gathered + (push * stepSeconds) / settleSeconds, 0, 1);
  const wanted = more + push;
  const reach = slewSeconds > 0 ? stepSeconds / slewSeconds : 1;
  const next = clamped(clamped(wanted, output - reach, output + reach), 0, 1);
  const stuck = (wanted - next) * push > 0;
  return { output: next, gathered: stuck ? gathered : more };
}

/** A governor on its way to an output, as fast as it may move, with nothing left to gather. */
export function movedTo(
  { output }: Governor,
  aim: number,
  stepSeconds: number,
  { slewSeconds }: Governing,
): Governor {
  const reach = slewSeconds > 0 ? stepSeconds / slewSeconds : 1;
  return governorAt(clamped(clamped(aim, output - reach, output + reach), 0, 1));
}

function clamped(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
