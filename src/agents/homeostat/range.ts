/** The values a homeostat may give, and how its output from 0 to 1 crosses them. */
export interface Range {
  readonly range: readonly [least: number, greatest: number];
  readonly scale: 'linear' | 'log';
}

/** The value at an output from 0 to 1; by equal ratios where the scale is log. */
export function valueAt({ range: [least, greatest], scale }: Range, output: number): number {
  if (scale === 'log') return least * (greatest / least) ** output;
  return least + output * (greatest - least);
}

/** Where a value lies in a range, from 0 to 1. */
export function placeIn({ range: [least, greatest], scale }: Range, value: number): number {
  if (scale === 'log') return Math.log(value / least) / Math.log(greatest / least);
  return (value - least) / (greatest - least);
}
