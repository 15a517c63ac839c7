import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineAgent } from '../../src/agents/index.js';
import { port } from '../../src/core/index.js';
import { watchLife } from '../../src/swarm/alive.js';
import { casting, link, play, scenario } from './play.js';

describe('what watches over the scheduler', () => {
  let [ahead, now, told] = [0, 0, 0];
  const pulse = {
    get ahead(): number {
      return ahead;
    },
  };
  const alive = { everySeconds: 10, tell: () => void told++ };

  beforeEach(() => {
    vi.useFakeTimers();
    [ahead, now, told] = [0, 0, 0];
  });
  afterEach(() => vi.useRealTimers());

  const afterTen = (at: { ahead: number; now: number }): number => {
    ({ ahead, now } = at);
    const before = told;
    vi.advanceTimersByTime(10_000);
    return told - before;
  };

  it('tells at once, and whenever something has happened since', () => {
    const end = watchLife(alive, pulse, () => now);
    expect(told).toBe(1);
    expect(afterTen({ ahead: 400, now: 441 })).toBe(1);
    expect(afterTen({ ahead: 800, now: 882 })).toBe(1);
    end();
    expect(afterTen({ ahead: 1200, now: 1323 })).toBe(0);
  });

  it('tells while nothing is due, however long, and where nothing is to come at all', () => {
    watchLife(alive, pulse, () => now);
    expect(afterTen({ ahead: 9000, now: 441 })).toBe(1);
    expect(afterTen({ ahead: 9000, now: 882 })).toBe(1);
    expect(afterTen({ ahead: Number.POSITIVE_INFINITY, now: 882 })).toBe(1);
    expect(afterTen({ ahead: Number.POSITIVE_INFINITY, now: 9882 })).toBe(1);
  });

  it('is silent while what is due does not happen, and tells again when it does', () => {
    watchLife(alive, pulse, () => now);
    expect(afterTen({ ahead: 400, now: 441 })).toBe(1);
    expect(afterTen({ ahead: 400, now: 882 })).toBe(0);
    expect(afterTen({ ahead: 400, now: 1323 })).toBe(0);
    expect(afterTen({ ahead: 401, now: 1764 })).toBe(1);
  });
});

describe('a swarm', () => {
  it('is not told of as alive while an agent hangs, though its timers run', async () => {
    let [release, hangs, toldHanging, told] = [(): void => {}, false, 0, 0];
    const hanging = defineAgent({
      kind: 'hanging',
      summary: 'never answers its third message until it is released',
      params: z.object({}),
      inputs: { in: port.control('anything') },
      outputs: {},
      start: () => 0,
      async receive(heard: number) {
        if (heard === 2) {
          hangs = true;
          await new Promise<void>((resolve) => (release = resolve));
          hangs = false;
        }
        return { state: heard + 1, emit: [] };
      },
    });
    const piece = scenario(
      [casting('a', { every: 0.02 }), casting('b', {}, hanging)],
      [link('a', 'b')],
    );
    const EVERY_SECONDS = 0.02;
    const tell = (): void => {
      told++;
      if (hangs) toldHanging++;
      // Whoever hears that a hanging swarm lives lets it go on, so that the test ends.
      if (toldHanging > 3) release();
    };
    // One word may be about what happened before; then there is none for twenty looks.
    const letGo = setInterval(() => hangs && setTimeout(() => release(), 400), 50);
    await play(piece, {
      durationSeconds: 1,
      clock: 'real',
      alive: { everySeconds: EVERY_SECONDS, tell },
    });
    clearInterval(letGo);
    expect(toldHanging).toBeLessThanOrEqual(2);
    expect(told).toBeGreaterThan(toldHanging);
  });
});
