import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterAwake } from '../../src/swarm/clock.js';

/** As if this process had been stopped for so long: timers that were due are only called now. */
function sleep(seconds: number): void {
  const slept = vi.spyOn(performance, 'now');
  const now = performance.now();
  slept.mockReturnValue(now + seconds * 1000);
  vi.advanceTimersToNextTimer();
  slept.mockRestore();
}

describe('a patience', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends after its time', () => {
    const done = vi.fn();
    afterAwake(8, done);
    vi.advanceTimersByTime(7900);
    expect(done).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(done).toHaveBeenCalledOnce();
  });

  it('does not count what this process itself slept through', () => {
    const done = vi.fn();
    afterAwake(8, done);
    vi.advanceTimersByTime(7500);
    sleep(600);
    expect(done).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1100);
    expect(done).toHaveBeenCalledOnce();
  });

  it('is called off, or never ends', () => {
    const done = vi.fn();
    const callOff = afterAwake(1, done);
    afterAwake(Number.POSITIVE_INFINITY, done);
    callOff();
    vi.advanceTimersByTime(1e9);
    expect(done).not.toHaveBeenCalled();
  });
});
