/** What came in during one step of a tier: its least, mean and greatest value; NaN for nothing. */
export interface Point {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** How far back a tier looks, and in what steps. */
export interface Span {
  readonly stepMs: number;
  readonly points: number;
}

/** 10 minutes in seconds, 3 hours in tens of seconds, 6 weeks in steps of five minutes. */
export const SPANS = {
  minutes: { stepMs: 1_000, points: 600 },
  hours: { stepMs: 10_000, points: 1_080 },
  weeks: { stepMs: 300_000, points: 12_096 },
} as const satisfies Readonly<Record<string, Span>>;

/** The name of a span. */
export type SpanName = keyof typeof SPANS;

const CHUNK = 72;

/** Points in a row, three floats each; written only behind what any tier has read. */
interface Chunk {
  readonly data: Float32Array;
  filled: number;
}

/** The step that is still being filled. */
interface Open {
  readonly step: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

interface Tier {
  readonly chunks: readonly Chunk[];
  readonly used: number;
  readonly open: Open | undefined;
}

/** One figure over time, in three spans; adding to it leaves the earlier one as it was. */
export type Series = Readonly<Record<SpanName, Tier>>;

const EMPTY: Tier = { chunks: [], used: CHUNK, open: undefined };

/** A series without values; about 165 kB once six weeks have filled it. */
export const EMPTY_SERIES: Series = { minutes: EMPTY, hours: EMPTY, weeks: EMPTY };

/** The series with a value that came in at a wall time in milliseconds. */
export function withPoint(series: Series, value: number, wallMs: number): Series {
  if (!Number.isFinite(value)) return series;
  return {
    minutes: added(series.minutes, SPANS.minutes, value, wallMs),
    hours: added(series.hours, SPANS.hours, value, wallMs),
    weeks: added(series.weeks, SPANS.weeks, value, wallMs),
  };
}

/** The latest points of a span at a wall time, the oldest first; NaN where nothing came in. */
export function pointsOf(
  series: Series,
  name: SpanName,
  count: number,
  wallMs: number,
): readonly Point[] {
  const { open, chunks, used } = series[name];
  if (open === undefined) return Array.from({ length: count }, () => NOTHING);
  const now = Math.max(open.step, Math.floor(wallMs / SPANS[name].stepMs));
  const stored = (chunks.length - 1) * CHUNK + used;
  return Array.from({ length: count }, (_, i) => {
    const back = open.step - (now - (count - 1 - i));
    if (back === 0) return closedPoint(open);
    return back < 0 || back > stored ? NOTHING : storedPoint(chunks, stored - back);
  });
}

/** The means of the same points alone: what a sparkline needs, without an object for each. */
export function meansOf(
  series: Series,
  name: SpanName,
  count: number,
  wallMs: number,
): Float64Array {
  const means = new Float64Array(count).fill(Number.NaN);
  const { open, chunks, used } = series[name];
  if (open === undefined) return means;
  const now = Math.max(open.step, Math.floor(wallMs / SPANS[name].stepMs));
  const stored = (chunks.length - 1) * CHUNK + used;
  for (let i = 0; i < count; i++) {
    const back = open.step - (now - (count - 1 - i));
    const at = stored - back;
    if (back === 0) means[i] = open.sum / open.count;
    else if (back > 0 && at >= 0) {
      means[i] = chunks[Math.floor(at / CHUNK)]?.data[(at % CHUNK) * 3 + 1] as number;
    }
  }
  return means;
}

const NOTHING: Point = { min: Number.NaN, mean: Number.NaN, max: Number.NaN };

function added(tier: Tier, span: Span, value: number, wallMs: number): Tier {
  const step = Math.floor(wallMs / span.stepMs);
  const { open } = tier;
  if (open === undefined) return { ...tier, open: openAt(step, value) };
  // A wall clock that was set back must not lose what follows.
  if (step <= open.step) return { ...tier, open: widened(open, value) };
  const missing = step - open.step - 1;
  // Nothing of what was before such a gap is ever looked at again.
  if (missing >= span.points) return { ...EMPTY, open: openAt(step, value) };
  let next = closed(tier, span, closedPoint(open));
  for (let i = 0; i < missing; i++) next = closed(next, span, NOTHING);
  return { ...next, open: openAt(step, value) };
}

function openAt(step: number, value: number): Open {
  return { step, count: 1, sum: value, min: value, max: value };
}

function widened(open: Open, value: number): Open {
  return {
    step: open.step,
    count: open.count + 1,
    sum: open.sum + value,
    min: Math.min(open.min, value),
    max: Math.max(open.max, value),
  };
}

function closedPoint({ min, max, sum, count }: Open): Point {
  return { min, mean: sum / count, max };
}

function closed(tier: Tier, span: Span, point: Point): Tier {
  const { chunks, used } = tier;
  if (used === CHUNK) {
    const kept = Math.ceil(span.points / CHUNK);
    const chunk: Chunk = { data: new Float32Array(CHUNK * 3), filled: 0 };
    write(chunk, point);
    return { ...tier, chunks: [...chunks.slice(-kept), chunk], used: 1 };
  }
  const last = chunks.at(-1) as Chunk;
  if (last.filled === used) {
    write(last, point);
    return { ...tier, used: used + 1 };
  }
  // Another series has gone on from here: this one goes its own way.
  const own: Chunk = { data: last.data.slice(), filled: used };
  write(own, point);
  return { ...tier, chunks: [...chunks.slice(0, -1), own], used: used + 1 };
}

function write(chunk: Chunk, { min, mean, max }: Point): void {
  chunk.data.set([min, mean, max], chunk.filled * 3);
  chunk.filled++;
}

function storedPoint(chunks: readonly Chunk[], at: number): Point {
  const data = chunks[Math.floor(at / CHUNK)]?.data;
  if (data === undefined) return NOTHING;
  const from = (at % CHUNK) * 3;
  const [min, mean, max] = [data[from], data[from + 1], data[from + 2]];
  return { min: min as number, mean: mean as number, max: max as number };
}

/** Bytes a series takes for its points. */
export function bytesOf(series: Series): number {
  return Object.values(series)
    .flatMap((tier) => tier.chunks)
    .reduce((sum, chunk) => sum + chunk.data.byteLength, 0);
}
