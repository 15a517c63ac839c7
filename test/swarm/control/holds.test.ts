import { describe, expect, it } from 'vitest';
import { LIMITS_DEFAULT } from '../../../src/core/index.js';
import { holdsOf } from '../../../src/swarm/control/holds.js';
import { Line } from '../../../src/swarm/line.js';
import { link } from '../play.js';

describe('what controls hold back', () => {
  it('is told as it is at the moment', () => {
    const lines = [link('a', 'b'), link('b', 'a', { delaySamples: 9 })].map(
      (one, i) => new Line(one, i, LIMITS_DEFAULT, { seed: 7, forks: new Map() }),
    );
    lines[0]?.schedule.change(100, { hushed: ['mute'] }, -1);
    lines[1]?.schedule.change(200, { hushed: ['loop 1'] }, -1);
    const at = (now: number) => {
      const holds = holdsOf(lines, [{ agents: ['a', 'b'], links: [0, 1] }], () => now);
      const links = [0, 1].map((index) => holds.isLinkPaused(index));
      return [holds.isMuted('a'), holds.isMuted('b'), ...links, holds.isLoopPaused(1)];
    };
    expect(at(99)).toEqual([false, false, false, false, false]);
    expect(at(100)).toEqual([true, false, true, false, false]);
    expect(at(200)).toEqual([true, false, true, true, true]);
  });
});
