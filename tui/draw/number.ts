/** Seconds as `00:15`, `1:02:03` or `12d 04h`. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [days, hours] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24];
  const two = (of: number): string => String(of).padStart(2, '0');
  if (days > 0) return `${days}d ${two(hours)}h`;
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A wall time in milliseconds as the time of day here, `14:02:11`. */
export function timeOfDay(wallMs: number): string {
  const at = new Date(wallMs);
  const parts = [at.getHours(), at.getMinutes(), at.getSeconds()];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** A length of time in three or four characters: `41ms`, `1.9s`, `32s`, `12m`, `3.1h`, `2d`. */
export function shortTime(seconds: number): string {
  const size = Math.abs(seconds);
  if (size === 0) return '0s';
  if (size < 0.9995) return `${Math.round(seconds * 1000)}ms`;
  if (size < 9.95) return `${seconds.toFixed(1)}s`;
  if (size < 119.5) return `${Math.round(seconds)}s`;
  if (size < 119.5 * 60) return `${Math.round(seconds / 60)}m`;
  return size < 99.5 * 3600
    ? `${(seconds / 3600).toFixed(size < 35_820 ? 1 : 0)}h`
    : `${Math.round(seconds / 86_400)}d`;
}

/** A count in at most five characters: `999`, `12.3k`, `4.5M`. */
export function shortCount(count: number): string {
  const size = Math.abs(count);
  if (size < 999.5) return String(Math.round(count));
  const units = [
    [1e3, 'k'],
    [1e6, 'M'],
    [1e9, 'G'],
    [1e12, 'T'],
  ] as const;
  const [scale, unit] = units.findLast(([least]) => size >= least * 0.9995) ?? units[0];
  const scaled = count / scale;
  return `${scaled.toFixed(Math.abs(scaled) < 99.95 ? 1 : 0)}${unit}`;
}

/** A rate a second in at most five characters: `0`, `0.25`, `12.0`, `1.2k`. */
export function shortRate(rate: number): string {
  if (rate === 0) return '0';
  if (rate < 0.995) return rate.toFixed(2);
  return rate < 99.95 ? rate.toFixed(1) : shortCount(rate);
}

/** A level in dB with one digit behind the point, or a dash where there is silence. */
export function shortDb(db: number | undefined, digits = 1): string {
  return db === undefined ? '-' : db.toFixed(digits);
}

/** A figure that may be unknown yet, which is shown as a dash. */
export function figure(value: number | undefined, digits: number): string {
  return value === undefined ? '-' : value.toFixed(digits);
}
