/** Seconds as `1:02:03` or `2:03`, for clocks that change once a second. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${h > 0 ? String(m).padStart(2, '0') : m}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}

/** A count in at most five characters: `999`, `12.3k`, `4.5M`. */
export function shortCount(count: number): string {
  if (count < 10_000) return String(count);
  const [scaled, unit] = count < 1_000_000 ? [count / 1000, 'k'] : [count / 1_000_000, 'M'];
  return `${scaled < 100 ? scaled.toFixed(1) : Math.round(scaled)}${unit}`;
}

/**
 * A bar of `width` cells, full at `share` 1. Whole cells only, so that few texts are ever drawn.
 */
export function bar(share: number, width: number, cells: string): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return (cells[0] ?? '#').repeat(full) + (cells[1] ?? '.').repeat(width - full);
}

/** How much of a level bar a peak fills: nothing at −60 dB, all at 0. */
export function levelShare(peakDb: number | undefined): number {
  return peakDb === undefined ? 0 : Math.min(1, Math.max(0, (peakDb + 60) / 60));
}
