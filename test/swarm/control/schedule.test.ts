import { describe, expect, it } from 'vitest';
import { type Envelope, LIMITS_DEFAULT } from '../../../src/core/index.js';
import { Schedule } from '../../../src/swarm/control/schedule.js';
import { Line } from '../../../src/swarm/line.js';
import { link } from '../play.js';

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

describe('a schedule', () => {
  it('judges by when something was said, not by when it is asked', () => {
    const schedule = new Schedule(1, 10);
    schedule.change(100, { gain: 2 }, -1);
    schedule.change(200, { delaySamples: 5 }, -1);
    expect([99, 100, 199, 200].map((time) => schedule.at(time))).toMatchObject([
      { gain: 1, delaySamples: 10 },
      { gain: 2, delaySamples: 10 },
      { gain: 2, delaySamples: 10 },
      { gain: 2, delaySamples: 5 },
    ]);
  });

  it('keeps the least delay until nothing can cross with it any more', () => {
    const schedule = new Schedule(1, 10);
    schedule.change(100, { delaySamples: 50 }, 20);
    expect(schedule.delayMin).toBe(10);
    schedule.change(200, { gain: 3 }, 150);
    expect(schedule.delayMin).toBe(50);
    expect(schedule.at(160)).toMatchObject({ gain: 1, delaySamples: 50 });
  });

  it('merges what happens at one moment and refuses what comes before it', () => {
    const schedule = new Schedule(1, 10);
    schedule.change(100, { hushed: schedule.hushedWith('mute', true) }, -1);
    schedule.change(100, { hushed: schedule.hushedWith('solo', true) }, -1);
    expect(schedule.at(100).hushed).toEqual(['mute', 'solo']);
    expect(schedule.hushedWith('mute', false)).toEqual(['solo']);
    expect(() => schedule.change(99, {}, -1)).toThrow(RangeError);
  });
});

describe('a line under control', () => {
  const line = (): Line =>
    new Line(link('a', 'b', { delaySamples: 40 }), 0, LIMITS_DEFAULT, {
      seed: 7,
      forks: new Map(),
    });

  it('counts what it does not carry as skipped, lost or not', () => {
    const quiet = line();
    quiet.schedule.change(10, { hushed: ['mute'] }, -1);
    expect(quiet.cross(said(1, 9)).way).toBe('sent');
    expect(quiet.cross(said(2, 10)).way).toBe('skipped');
    expect(quiet.miss(said(3, 11))).toBe(false);
    expect(quiet.counts).toMatchObject({ sent: 1, skipped: 2, dropped: 0 });
  });

  it('looks no further ahead than its shortest delay', () => {
    const brief = line();
    brief.schedule.change(10, { delaySamples: 3 }, -1);
    expect(brief.lookaheadSamples).toBe(3);
    expect(brief.cross(said(1, 9))).toMatchObject({ delivery: { time: 49 } });
    expect(brief.cross(said(2, 10))).toMatchObject({ delivery: { time: 13 } });
  });

  it('sets the gain of what is said from then on', () => {
    const loud = line();
    loud.schedule.change(10, { gain: 4 }, -1);
    const value = (crossing: unknown): unknown =>
      (crossing as { delivery: { arrival: { signal: { value: number } } } }).delivery.arrival.signal
        .value;
    expect([9, 10].map((time, i) => value(loud.cross(said(i + 1, time))))).toEqual([1, 4]);
  });
});
