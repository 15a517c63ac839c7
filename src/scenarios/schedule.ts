/** A stretch of the local day, in minutes since midnight; one that ends before it begins wraps. */
export interface DayStretch {
  readonly from: number;
  /** The first minute after it; 1440 is the end of the day. */
  readonly to: number;
}

/** When the room is to be quiet, by the clock on its wall. */
export interface Schedule {
  /** A name such as `Europe/Vienna`; the machine's own zone where there is none. */
  readonly zone: string | undefined;
  readonly quiet: readonly DayStretch[];
}

/** A part of the day. */
export type DayPart = 'open' | 'quiet';

/**
 * The part of the day at an instant (milliseconds since 1970), by local wall time: where clocks are
 * put forward or back, the stretch is as much shorter or longer as that night is.
 */
export function partAt({ zone, quiet }: Schedule, instantMs: number): DayPart {
  const minute = minuteOfDay(zone, instantMs);
  return quiet.some((stretch) => isIn(stretch, minute)) ? 'quiet' : 'open';
}

function isIn({ from, to }: DayStretch, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOfDay(zone: string | undefined, instantMs: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...(zone === undefined ? {} : { timeZone: zone }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instantMs);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return read('hour') * 60 + read('minute');
}
