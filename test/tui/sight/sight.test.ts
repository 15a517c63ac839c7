import { describe, expect, it } from 'vitest';
import { lossOf, ratesOf, windowWith } from '../../../tui/sight/rates.js';
import { countOf, emptyRing, findLatest, valuesOf, withValue } from '../../../tui/sight/ring.js';
import type { Ring } from '../../../tui/sight/ring.js';
import { BLANK_SIGHT, withConnection, withRecord } from '../../../tui/sight/sight.js';
import type { Sight } from '../../../tui/sight/sight.js';
import { agentWord, loopWord, swarmWord } from '../../../tui/sight/word.js';
import { BABEL } from '../fixtures/babel-scene.js';
import { agentState, alertOf, babelSight, babelState, linkState } from '../fixtures/babel.js';

const numbers = (count: number, from: Ring<number> = emptyRing(100)): Ring<number> =>
  Array.from({ length: count }, (_, i) => i).reduce(withValue, from);

describe('a ring', () => {
  it('keeps the latest and forgets the oldest', () => {
    const ring = numbers(1000);
    expect(countOf(ring)).toBe(100);
    expect(valuesOf(ring)).toEqual(Array.from({ length: 100 }, (_, i) => 900 + i));
    expect(valuesOf(ring, 3)).toEqual([997, 998, 999]);
    expect(findLatest(ring, (value) => value % 7 === 0)).toBe(994);
  });

  it('stays as it was when a later one goes on', () => {
    const before = numbers(10);
    const after = numbers(200, before);
    const other = withValue(before, -1);
    expect(valuesOf(before)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(valuesOf(after, 1)).toEqual([199]);
    expect(valuesOf(other, 2)).toEqual([9, -1]);
  });
});

describe('rates', () => {
  it('are what happened in a second of music over the last ten seconds', () => {
    const states = Array.from({ length: 30 }, (_, i) => babelState(100 + i));
    const window = states.reduce(windowWith, []);
    expect(window.map(({ seconds }) => seconds)).toEqual([
      119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129,
    ]);
    const rates = ratesOf(window);
    expect(rates.agents.get('past')?.received).toBe(1);
    expect(rates.pace).toBe(1);
  });

  it('begin anew with another engine', () => {
    const window = [babelState(100), babelState(101), babelState(3)].reduce(windowWith, []);
    expect(window).toHaveLength(1);
  });

  it('tell the loss of a link that lost 10 of 100: 10.0 % (T16)', () => {
    const link = linkState(0, 0, { sent: 100, delivered: 90, dropped: 10 });
    expect(lossOf(link)).toEqual({ lost: 10, share: 0.1 });
    expect(lossOf(linkState(0, 0))).toEqual({ lost: 0, share: 0 });
  });
});

describe('sight', () => {
  const after = (sight: Sight, ...records: readonly Parameters<typeof withRecord>[1][]): Sight =>
    records.reduce((so, record, i) => withRecord(so, record, 1000 * (i + 1)), sight);

  it('keeps alerts until they are over', () => {
    const standing = after(BLANK_SIGHT, BABEL, alertOf(), alertOf({ says: 'It goes on.' }));
    expect(standing.alerts.standing.map(({ says }) => says)).toEqual(['It goes on.']);
    expect(swarmWord(standing)).toBe('CALL');
    const over = after(standing, alertOf({ over: 720 }));
    expect(over.alerts).toMatchObject({ standing: [], past: [{ over: 720 }] });
    expect(swarmWord(over)).toBe('OK');
  });

  it('forgets a run when another is seen, and keeps it when the same comes back', () => {
    const babel = babelSight();
    const lost = withConnection(babel, 'LOST', 5000);
    const back = withRecord(lost, BABEL, 9000);
    expect(back.connection).toEqual({ word: 'LIVE', sinceMs: 9000 });
    expect(back.series).toBe(babel.series);
    const other = withRecord(back, { ...BABEL, run: 'another' }, 10_000);
    expect(other.series.size).toBe(0);
    expect(other.alerts.standing).toEqual([]);
  });

  it('counts what was left out for it, and ends with the run', () => {
    const ended = { type: 'ended', reason: 'its duration is over' } as const;
    const sight = after(
      BLANK_SIGHT,
      BABEL,
      { type: 'gap', records: 3 },
      { type: 'gap', records: 4 },
      ended,
    );
    expect(sight.gaps).toBe(7);
    expect(sight.connection).toMatchObject({ word: 'ENDED', reason: 'its duration is over' });
  });

  it('leaves every earlier sight as it was', () => {
    const babel = babelSight();
    const before = JSON.stringify([...babel.said.chunks, babel.said.used, babel.alerts]);
    const said = valuesOf(babel.said);
    after(babel, babelState(740), alertOf({ over: 1 }));
    expect(valuesOf(babel.said)).toEqual(said);
    expect(JSON.stringify([...babel.said.chunks, babel.said.used, babel.alerts])).toBe(before);
  });
});

describe('words', () => {
  const sight = babelSight();
  it.each([
    ['OK', {}],
    ['BUSY', { busy: true }],
    ['LATE', { oldestSeconds: 1.5, busy: true }],
    ['MUTED', { muted: true }],
    ['DOWN', { health: 'down', muted: true }],
    ['PARKED', { health: 'parked' }],
  ] as const)('say %s', (word, more) => {
    expect(agentWord(sight, agentState('una', 1, more))).toBe(word);
  });

  it('say what an alert says of its agent or loop', () => {
    const silent = withRecord(sight, alertOf({ word: 'SILENT', subject: 'una', id: 's' }), 1);
    expect(agentWord(silent, agentState('una', 1))).toBe('SILENT');
    expect(silent.state?.loops.map((loop) => loopWord(silent, loop))).toEqual([
      'OK',
      'RUNAWAY',
      'PAUSED',
    ]);
  });
});
