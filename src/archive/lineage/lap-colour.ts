// Cold to warm to light: early laps are blue, late ones straw; every step is lighter than the last,
// so that it also reads without colour.
const STOPS = [
  [84, 118, 196],
  [139, 108, 208],
  [201, 92, 160],
  [236, 112, 84],
  [245, 178, 84],
  [255, 238, 178],
] as const;

/** The red, green and blue (0 to 255) of a lap, between 0 and the last lap there is. */
export function lapColour(lap: number, lapMax: number): readonly [number, number, number] {
  const place = (lapMax > 0 ? Math.min(lap / lapMax, 1) : 0) * (STOPS.length - 1);
  const index = Math.min(Math.floor(place), STOPS.length - 2);
  const [from, to] = [STOPS[index] as Rgb, STOPS[index + 1] as Rgb];
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(from[channel] + (to[channel] - from[channel]) * (place - index));
  return [mix(0), mix(1), mix(2)];
}

type Rgb = readonly [number, number, number];

/** The same as `#rrggbb`. */
export function lapHex(lap: number, lapMax: number): string {
  return `#${lapColour(lap, lapMax)
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

/**
 * Colours for the laps that a drawing shows: evenly over those there are, because a late part of a
 * long run has only late laps.
 */
export function lapShades(laps: Iterable<number>): {
  readonly laps: readonly number[];
  readonly of: (lap: number) => string;
} {
  const shown = [...new Set(laps)].sort((a, b) => a - b);
  const of = (lap: number): string =>
    lapHex(
      Math.max(
        0,
        shown.findLastIndex((one) => one <= lap),
      ),
      shown.length - 1,
    );
  return { laps: shown, of };
}
