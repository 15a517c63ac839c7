import { describe, expect, it } from 'vitest';
import {
  Activity,
  AlertBook,
  type Finding,
  type HeardAgent,
  Lateness,
  engineTroubles,
  silentOf,
} from '../../../src/telemetry/index.js';

const finding = (subject: string): Finding => {
  return { word: 'SILENT', level: 'look', subject, since: 1, says: 's', try: 't' };
};

describe('the book of alerts', () => {
  it('tells each trouble once when it begins and once when it is over', () => {
    const book = new AlertBook();
    expect(book.settle('SILENT', [finding('a')], 1)).toMatchObject([{ id: 'SILENT:a', since: 1 }]);
    expect(book.settle('SILENT', [finding('a')], 2)).toEqual([]);
    expect(book.settle('RUNAWAY', [], 3)).toEqual([]);
    expect(book.settle('SILENT', [finding('b')], 4)).toMatchObject([
      { id: 'SILENT:a', over: 4 },
      { id: 'SILENT:b' },
    ]);
    expect(book.open).toHaveLength(1);
  });

  it('holds no more than it can show', () => {
    const book = new AlertBook();
    const many = Array.from({ length: 1000 }, (_, n) => finding(`a${n}`));
    expect(book.settle('SILENT', many, 1)).toHaveLength(256);
  });
});

const agent = (id: string, saidAt: number, feeders: string[], sounds = true): HeardAgent => {
  return { id, sounds, heardUntil: saidAt + 1, saidAt, usualSeconds: 1, feeders };
};
const SOUNDING = { heardUntil: 100, usualSeconds: 1 };

describe('silence', () => {
  it('is three usual intervals, and at least three seconds', () => {
    const [quick, slow] = [new Activity(), new Activity()];
    for (const seconds of [0, 0.5, 1]) quick.add(seconds, 0);
    for (const seconds of [0, 10, 20]) slow.add(seconds, 2);
    const at = (activity: Activity, now: number): number => {
      const { heardUntil, usualSeconds, saidAt } = activity;
      const one = { id: 'a', sounds: true, heardUntil, usualSeconds, saidAt, feeders: [] };
      return silentOf([one], SOUNDING, now).length;
    };
    expect([at(quick, 3.9), at(quick, 4)]).toEqual([0, 1]);
    expect([at(slow, 51.9), at(slow, 52)]).toEqual([0, 1]);
  });

  it('names the first that fell silent, upstream and round loops', () => {
    const agents = [
      agent('una', 10, ['mel']),
      agent('mel', 11, ['una']),
      agent('grains', 14, ['seq', 'mel']),
      agent('seq', 12, ['grains'], false),
      agent('violin', 99, ['grains']),
    ];
    expect(silentOf(agents, SOUNDING, 100)).toMatchObject([
      { subject: 'una', since: 11, level: 'look' },
    ]);
    const all = silentOf(agents, { heardUntil: 14, usualSeconds: 1 }, 110);
    expect(all).toMatchObject([{ subject: 'una', level: 'call' }]);
    expect(all[0]?.says).toContain('nothing sounds any more');
  });

  it('names who feeds the others when all spoke last at one moment, also round a loop', () => {
    const agents = [agent('una', 10, ['mel']), agent('mel', 10, ['una'])];
    expect(silentOf(agents, SOUNDING, 100)).toMatchObject([{ subject: 'una' }]);
  });

  it('does not mind what never sounded', () => {
    const never = { heardUntil: undefined, usualSeconds: undefined, saidAt: undefined };
    const one = { id: 'a', sounds: true, feeders: [], ...never };
    expect(silentOf([one], { heardUntil: 1e6, usualSeconds: 1 }, 1e6)).toEqual([]);
  });
});

describe('lateness', () => {
  const agents = [
    { id: 'mel', realTimeFactor: 4, p95Ms: 10 },
    { id: 'una', realTimeFactor: 0.8, p95Ms: 900 },
    { id: 'ear', realTimeFactor: undefined, p95Ms: 5 },
  ];

  it('is LATE after more than two seconds, names the slowest, and ends', () => {
    const lateness = new Lateness();
    for (let now = 0; now <= 2; now += 0.25) {
      lateness.add(now % 0.5 === 0 ? 0.4 : 0, now);
      expect(lateness.findings(agents, now)).toEqual([]);
    }
    lateness.add(0.3, 2.25);
    expect(lateness.findings(agents, 2.25)).toMatchObject([{ word: 'LATE', subject: 'una' }]);
    lateness.add(0, 3.5);
    expect(lateness.findings(agents, 3.5)).toEqual([]);
  });
});

describe('troubles of the engine', () => {
  it('are down until they are up again, with the latest reason', () => {
    const { down, parked, bus } = engineTroubles();
    down.happened('mel', 'SIGKILL', 5);
    down.happened('mel', 'exit code 1', 6);
    expect(down.findings(100)).toMatchObject([{ word: 'DOWN', subject: 'mel', since: 5 }]);
    expect(down.findings(100)[0]?.says).toContain('exit code 1');
    down.over('mel');
    expect(down.findings(100)).toEqual([]);
    parked.happened('mel', 'SIGKILL', 7);
    expect(parked.findings(1e6)).toMatchObject([{ word: 'PARKED', level: 'call' }]);
    bus.happened('nats', 'gone', 8);
    expect(bus.findings(9)).toMatchObject([{ word: 'BUS', subject: 'nats' }]);
  });

  it('are over a while after the last failure or drop', () => {
    const { failed, full } = engineTroubles();
    failed.happened('seq', 'NaN', 0);
    full.happened('a.out -> b.in', '3 so far', 0);
    expect(failed.findings(9)).toMatchObject([{ word: 'FAILED', subject: 'seq' }]);
    expect(full.findings(4)).toMatchObject([{ word: 'FULL', subject: 'a.out -> b.in' }]);
    expect([...failed.findings(11), ...full.findings(6)]).toEqual([]);
  });
});
