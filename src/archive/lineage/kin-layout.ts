import type { Relative } from './relative.js';

/** An envelope as a bar: its left end is when it was said, its length how long it lasts. */
export interface Bar {
  readonly relative: Relative;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Room to its right until the next bar of its row, for its name. */
  readonly room: number;
}

/** The stripe of one agent. */
export interface Lane {
  readonly agent: string;
  readonly kind: string | undefined;
  readonly y: number;
  readonly height: number;
}

/** Where everything is, in units of the picture, from the left end of the time line. */
export interface KinLayout {
  readonly bars: ReadonlyMap<string, Bar>;
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly height: number;
  /** First and last logical time of the time line, in samples. */
  readonly from: number;
  readonly until: number;
  readonly xOf: (time: number) => number;
}

/** The height of a bar, and of its row with the gap to the next. */
export const [BAR_HEIGHT, ROW_HEIGHT] = [13, 18] as const;
const LANE_MARGIN = 9;
const LANE_LEAST = 38;
const BAR_LEAST = 7;
const GAP = 5;
const ROOM_AT_THE_END = 90;

/** Lays envelopes out: one lane an agent in the order given, time from left to right. */
export function layOutKin(
  relatives: readonly Relative[],
  agents: readonly { readonly agent: string; readonly kind?: string }[],
): KinLayout {
  const from = relatives.reduce((least, { time }) => Math.min(least, time), Infinity);
  const end = relatives.reduce((most, one) => Math.max(most, one.time + one.lengthSamples), 0);
  const until = Math.max(end, from + 1);
  const width = Math.min(Math.max(760, relatives.length * 10), 2600);
  const xOf = (time: number): number => ((time - from) / (until - from)) * width;
  const bars = new Map<string, Bar>();
  const lanes: Lane[] = [];
  let y = 0;
  for (const { agent, kind } of agents) {
    const own = relatives.filter((relative) => relative.agent === agent);
    if (own.length === 0) continue;
    const rows = rowsOf(own, xOf);
    const filled = rows.length * ROW_HEIGHT - (ROW_HEIGHT - BAR_HEIGHT);
    const height = Math.max(LANE_LEAST, filled + 2 * LANE_MARGIN);
    for (const [row, placed] of rows.entries()) {
      for (const [i, { relative, x, width: barWidth }] of placed.entries()) {
        const next = placed[i + 1]?.x ?? width + ROOM_AT_THE_END;
        const top = y + (height - filled) / 2 + row * ROW_HEIGHT;
        bars.set(relative.id, { relative, x, y: top, width: barWidth, room: next - x - barWidth });
      }
    }
    lanes.push({ agent, kind, y, height });
    y += height;
  }
  return { bars, lanes, width, height: y, from, until, xOf };
}

interface Placed {
  readonly relative: Relative;
  readonly x: number;
  readonly width: number;
}

/** As few rows as it takes for no bar to touch the one before it. */
function rowsOf(
  relatives: readonly Relative[],
  xOf: (time: number) => number,
): readonly (readonly Placed[])[] {
  const rows: Placed[][] = [];
  for (const relative of relatives) {
    const x = xOf(relative.time);
    const width = Math.max(BAR_LEAST, xOf(relative.time + relative.lengthSamples) - x);
    const free = rows.find((row) => {
      const last = row.at(-1) as Placed;
      return last.x + last.width + GAP <= x;
    });
    if (free === undefined) rows.push([{ relative, x, width }]);
    else free.push({ relative, x, width });
  }
  return rows;
}
