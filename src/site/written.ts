/** Seconds as a clock shows them: `1:02`, `1:00:00`; with tenths where asked for. */
export function clock(seconds: number, tenths = false): string {
  const scale = tenths ? 10 : 1;
  const all = Math.floor(seconds * scale + 1e-6);
  const [h, m] = [Math.floor(all / (3600 * scale)), Math.floor(all / (60 * scale)) % 60];
  const s = (all % (60 * scale)) / scale;
  const rest = s.toFixed(tenths ? 1 : 0).padStart(tenths ? 4 : 2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${rest}` : `${m}:${rest}`;
}

/** A length of time in words: `0.9 s`, `42 s`, `5 min 3 s`, `2 h 4 min`. */
export function lasting(seconds: number): string {
  if (seconds < 9.95) return `${Math.round(seconds * 10) / 10} s`;
  const all = Math.round(seconds);
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const parts = h > 0 ? [`${h} h`, m > 0 && `${m} min`] : [m > 0 && `${m} min`, s > 0 && `${s} s`];
  return parts.filter(Boolean).join(' ');
}

/** A count with commas between thousands: `12,345`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count and its noun, in the plural unless it is one: `1 sound`, `3 sounds`. */
export function many(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** Bytes in the unit that suits them: `812 kB`, `3.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A day as ISO 8601 writes it, in words: `22 November 2026`; text that is no date stays. */
export function day(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const how = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return date.toLocaleDateString('en-GB', how);
}

/** Names in a row: `a`, `a and b`, `a, b and c`. */
export function inARow<T>(list: readonly T[]): readonly (T | string)[] {
  return list.flatMap((one, i) => {
    if (i === 0) return [one];
    return [i === list.length - 1 ? ' and ' : ', ', one];
  });
}
