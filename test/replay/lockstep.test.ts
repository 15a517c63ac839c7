// Two journals are compared a moment at a time; the first difference is found wherever it lies.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalRecord, SaidRecord } from '../../src/archive/index.js';
import { type LockstepOptions, Lockstep, sayDifference } from '../../src/replay/index.js';

const said = (
  agent: string,
  n: number,
  time: number,
  rest: Partial<SaidRecord> = {},
): SaidRecord => ({
  type: 'said',
  id: `${agent}.${n}`,
  time,
  lap: 0,
  parents: n > 1 ? [[`${agent}.${n - 1}`, 0]] : [],
  from: `${agent}.out`,
  sequence: n,
  carries: 'control',
  form: { name: 'n', value: n },
  ...rest,
});

const piece = (): SaidRecord[] =>
  Array.from({ length: 40 }, (_, i) => said(i % 2 ? 'b' : 'a', (i >> 1) + 1, (i >> 1) * 10));

function compared(
  original: readonly JournalRecord[],
  other: readonly JournalRecord[],
  options: LockstepOptions = {},
): Lockstep {
  const lockstep = new Lockstep(original, options);
  for (const record of other) lockstep.hear(record);
  lockstep.end();
  return lockstep;
}

describe('journals in lockstep', () => {
  it('are alike when they are, whatever happened to the swarm itself', () => {
    const crash: JournalRecord = { type: 'happened', time: 30, what: 'died', agent: 'a' };
    const lost: JournalRecord = {
      type: 'dropped',
      id: 'a.2',
      time: 40,
      link: 'x',
      reason: 'crash',
    };
    const { first, compared: count } = compared(piece(), [crash, ...piece(), lost]);
    expect([first, count]).toEqual([undefined, 40]);
  });

  it('part at the very record that was changed', () => {
    fc.assert(
      fc.property(fc.nat(39), (at) => {
        const other = piece();
        other[at] = { ...(other[at] as SaidRecord), hash: 'f00' };
        const { first, spread } = compared(piece(), other);
        expect(first).toMatchObject({ how: 'changed', id: other[at]?.id, what: ['hash'] });
        const changed = [...spread.values()].reduce((sum, one) => sum + one.changed, 0);
        expect(changed).toBe(1);
      }),
    );
  });

  it('part at the very record that only one of them has', () => {
    fc.assert(
      fc.property(fc.nat(39), fc.boolean(), (at, missing) => {
        const fewer = piece().filter((_, i) => i !== at);
        const [a, b] = missing ? [piece(), fewer] : [fewer, piece()];
        const { first, spread } = compared(a, b);
        expect(first).toMatchObject({ how: missing ? 'missing' : 'extra', id: piece()[at]?.id });
        const counts = [...spread.values()];
        const [less, more] = missing
          ? (['missing', 'extra'] as const)
          : (['extra', 'missing'] as const);
        expect(counts.reduce((sum, one) => sum + one[less], 0)).toBe(1);
        expect(counts.reduce((sum, one) => sum + one[more], 0)).toBe(0);
      }),
    );
  });

  it('part where two records have changed places', () => {
    const other = piece();
    [other[4], other[5]] = [other[5] as SaidRecord, other[4] as SaidRecord];
    expect(compared(piece(), other).first).toMatchObject({ how: 'moved', id: 'a.3' });
  });

  it('tell when the other run says later what it missed', () => {
    const other = piece().map((one) => (one.id === 'b.20' ? { ...one, time: 900 } : one));
    const { first } = compared(piece(), other);
    expect(first).toMatchObject({ how: 'missing', id: 'b.20', time: 190, elsewhere: 900 });
    expect(sayDifference(first as NonNullable<typeof first>, 100)[0]).toBe(
      'b.20 is missing: only the original said it, at 1.900 s (sample 190), ' +
        'but at 9.000 s in the other run',
    );
  });

  it('go no further than where the original was cut off, or than is asked', () => {
    const cut = piece().slice(0, 21);
    expect(compared(cut, piece()).first).toMatchObject({ how: 'extra' });
    const until = cut.at(-1)?.time ?? 0;
    expect(compared(cut, piece(), { until, cutOff: true }).first).toBeUndefined();
    const other = piece().map((one) => (one.time >= 100 ? { ...one, lap: 9 } : one));
    expect(compared(piece(), other, { until: 100 }).first).toBeUndefined();
    expect(compared(piece(), other, { from: 50 }).first).toMatchObject({ time: 100 });
  });

  it('say whether the parents were the same', () => {
    const other = piece();
    other[10] = { ...(other[10] as SaidRecord), parents: [['b.5', 0]] };
    const { first } = compared(piece(), other);
    expect(first?.parents).toEqual([
      { id: 'a.5', of: 'original' },
      { id: 'b.5', of: 'other' },
    ]);
    const lines = sayDifference(first as NonNullable<typeof first>, 100).join('\n');
    expect(lines).toContain('it cites other parents (a.5 → b.5), equal in both');
  });
});
