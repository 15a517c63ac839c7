import { describe, expect, it } from 'vitest';
import { bytesOf, EMPTY_SERIES, pointsOf, SPANS, withPoint } from '../../../tui/sight/series.js';
import type { Series } from '../../../tui/sight/series.js';

const NONE = Number.NaN;
const fed = (values: readonly (readonly [number, number])[], from: Series = EMPTY_SERIES): Series =>
  values.reduce((series, [value, wallMs]) => withPoint(series, value, wallMs), from);
const means = (series: Series, count: number, wallMs: number): readonly number[] =>
  pointsOf(series, 'minutes', count, wallMs).map(({ mean }) => mean);

describe('a series', () => {
  it('keeps the least, mean and greatest value of every second', () => {
    const series = fed([
      [1, 1000],
      [3, 1500],
      [8, 1900],
      [5, 2000],
    ]);
    expect(pointsOf(series, 'minutes', 2, 2000)).toEqual([
      { min: 1, mean: 4, max: 8 },
      { min: 5, mean: 5, max: 5 },
    ]);
  });

  it('knows where nothing came in, before, between and since', () => {
    const series = fed([
      [1, 1000],
      [4, 4000],
    ]);
    expect(means(series, 6, 5000)).toEqual([NONE, 1, NONE, NONE, 4, NONE]);
  });

  it('looks back ten minutes in seconds, three hours, and six weeks', () => {
    const hours = Array.from({ length: 4 * 3600 }, (_, i) => [i, i * 1000] as const);
    const series = fed(hours);
    const now = (4 * 3600 - 1) * 1000;
    expect(means(series, 600, now)[0]).toBe(4 * 3600 - 600);
    const back = pointsOf(series, 'hours', SPANS.hours.points, now);
    expect(back[0]).toEqual({ min: 3600, mean: 3604.5, max: 3609 });
    expect(pointsOf(series, 'weeks', 48, now)[0]).toEqual({ min: 0, mean: 149.5, max: 299 });
  });

  it('stays as it was when a later one goes on, and when two go on from one', () => {
    const before = fed([
      [1, 1000],
      [2, 2000],
    ]);
    const one = fed([[10, 3000]], before);
    const other = fed(
      [
        [20, 3000],
        [30, 4000],
      ],
      before,
    );
    const more = fed([[11, 4000]], one);
    expect(means(before, 2, 2000)).toEqual([1, 2]);
    expect(means(more, 4, 4000)).toEqual([1, 2, 10, 11]);
    expect(means(other, 4, 4000)).toEqual([1, 2, 20, 30]);
  });

  it('takes a wall clock that is set back as the present', () => {
    const series = fed([
      [1, 5000],
      [3, 2000],
    ]);
    expect(means(series, 1, 5000)).toEqual([2]);
  });

  it('takes at most 60 MB for 200 of them in six weeks (T45)', () => {
    const step = SPANS.weeks.stepMs;
    let series = EMPTY_SERIES;
    for (let i = 0; i < SPANS.weeks.points + 500; i++) series = withPoint(series, i, i * step);
    expect(200 * bytesOf(series)).toBeLessThanOrEqual(60e6);
    const now = (SPANS.weeks.points + 499) * step;
    expect(pointsOf(series, 'weeks', SPANS.weeks.points, now)[0]?.mean).toBe(500);
  });
});
