import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../src/core/index.js';
import { Repeats } from '../../src/swarm/repeats.js';
import { Transit } from '../../src/swarm/transit.js';

const envelope = (id: string, time = 0): Envelope => ({ id, time }) as Envelope;

/** A transit in which a, b and c are awaited, and what lands. */
function awaited(): { transit: Transit; landed: string[]; calledOff: string[] } {
  const [landed, calledOff]: [string[], string[]] = [[], []];
  const transit = new Transit((said, heard) => {
    landed.push(heard === undefined ? `${said.id} lost` : said.id);
  });
  for (const id of ['a', 'b', 'c']) {
    transit.expect(envelope(id), () => () => void calledOff.push(id));
  }
  return { transit, landed, calledOff };
}

describe('a transit', () => {
  it('lands what was said in the order it was said, whatever overtook what', () => {
    const { transit, landed } = awaited();
    transit.hear(envelope('b'));
    transit.hear(envelope('c'));
    expect(landed).toEqual([]);
    transit.hear(envelope('a'));
    expect(landed).toEqual(['a', 'b', 'c']);
  });

  it('lands everything once: a double, or one given up before, is no news', () => {
    const { transit, landed, calledOff } = awaited();
    transit.hear(envelope('a'));
    transit.hear(envelope('a'));
    transit.lose('b');
    transit.hear(envelope('b'));
    expect(landed).toEqual(['a', 'b lost']);
    expect(calledOff).toEqual(['a', 'b']);
  });

  it('loses all that is awaited when the bus is gone, and keeps what had come', () => {
    const { transit, landed } = awaited();
    transit.hear(envelope('b'));
    transit.loseAll();
    expect(landed).toEqual(['a lost', 'b', 'c lost']);
  });
});

describe('repeats', () => {
  it('know an envelope of another machine again, but not an agent that began anew', () => {
    const repeats = new Repeats();
    expect(repeats.isRepeat(envelope('b.1', 10), 'b.out')).toBe(false);
    expect(repeats.isRepeat(envelope('b.1', 10), 'b.out')).toBe(true);
    expect(repeats.isRepeat(envelope('b.1', 90), 'b.out')).toBe(false);
  });
});
