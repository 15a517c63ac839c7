import { describe, expect, it } from 'vitest';
import { type Envelope, LIMITS_DEFAULT } from '../../src/core/index.js';
import { type Crossing, Line } from '../../src/swarm/line.js';
import type { Link } from '../../src/topologies/index.js';
import { link } from './play.js';

const line = (rest: Partial<Link>, inFlight = 2): Line =>
  new Line(link('a', 'b', rest), 0, { ...LIMITS_DEFAULT, inFlight }, { seed: 7, forks: new Map() });

const said = (sequence: number, time: number): Envelope => ({
  id: `a.${sequence}`,
  source: { agent: 'a', port: 'out' },
  sequence,
  time,
  lap: 0,
  parents: [],
  carries: 'control',
  signal: { name: 'n', value: 1 },
});

const givenUp = (crossing: Crossing): string[] =>
  crossing.way === 'sent' ? crossing.givenUp.map(({ envelope }) => envelope) : [];

describe('a line', () => {
  it('that keeps the latest gives up the others and not the newcomer', () => {
    const full = line({ delaySamples: 100, keep: 'latest' });
    full.cross(said(1, 0));
    full.cross(said(2, 10));
    expect(givenUp(full.cross(said(3, 20)))).toEqual(['a.1', 'a.2']);
    expect(full.counts).toMatchObject({ sent: 3, dropped: 2 });
  });

  it('lets every third pass by its own number, whatever was lost before', () => {
    const sparse = line({ every: 3 });
    expect(sparse.miss(said(1, 0))).toBe(true);
    expect([2, 3, 4, 5].map((n) => sparse.cross(said(n, n)).way)).toEqual([
      'skipped',
      'skipped',
      'sent',
      'skipped',
    ]);
    expect(sparse.miss(said(6, 6))).toBe(false);
    expect(sparse.counts).toEqual({ sent: 2, delivered: 0, dropped: 1, skipped: 4 });
  });

  it('brings what comes late no earlier than its receiver can take it', () => {
    const crossing = line({ delaySamples: 100 }).cross(said(1, 0), 500);
    expect(crossing).toMatchObject({ way: 'sent', delivery: { time: 500 } });
  });

  it('gives up nothing that a receiver ahead of the sender has already taken', () => {
    const brief = line({ delaySamples: 40, keep: 'newest' }, 1);
    brief.cross(said(1, 100));
    expect(givenUp(brief.cross(said(2, 105), 141))).toEqual([]);
    expect(givenUp(brief.cross(said(3, 106), 141))).toEqual(['a.2']);
  });
});
