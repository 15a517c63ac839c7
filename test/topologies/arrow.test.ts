import { describe, expect, it } from 'vitest';
import { parseArrow, spanOf } from '../../src/topologies/index.js';

describe('an arrow', () => {
  it('feeds or returns from one port to another', () => {
    expect(parseArrow('a.out ~> b.in')).toEqual({
      ok: true,
      value: {
        from: { agent: 'a', port: 'out' },
        to: { agent: 'b', port: 'in' },
        way: 'returns',
      },
    });
    expect(parseArrow('  past.audio   ->ear.audio ')).toMatchObject({ value: { way: 'feeds' } });
  });

  it.each([
    ['a.out => b.in', 'way', '`=>` is no arrow of ours', 'write -> (or ~> to return)'],
    ['a.out <- b.in', 'way', '`<-` is no arrow of ours', 'turn the arrow round'],
    ['a.out ⇝ b.in', 'way', '`⇝` is no arrow of ours', 'write ~> for a returning link'],
    ['a -> b.in', 'from', '`a` is not a port of an agent', 'name the agent and its port'],
    ['a.out -> b', 'to', '`b` is not a port of an agent', 'name the agent and its port'],
    ['a.out ->', 'to', 'this arrow leads nowhere', 'name the agent and its port'],
    ['mumble', undefined, '`mumble` is no arrow', 'write it as in past.audio -> ear.audio'],
  ])('says what is wrong with %s', (text, part, says, advice) => {
    const parsed = parseArrow(text);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems).toHaveLength(1);
    expect(parsed.problems[0]?.at[0]).toBe(part);
    expect(parsed.problems[0]?.says).toBe(says);
    expect(parsed.problems[0]?.try).toContain(advice);
  });

  it('knows where its parts stand', () => {
    const text = 'a.out  ~>  b.in';
    const parts = (['from', 'way', 'to'] as const).map((part) => text.slice(...spanOf(text, part)));
    expect(parts).toEqual(['a.out', '~>', 'b.in']);
    expect(spanOf('mumble', 'to')).toEqual([0, 6]);
  });
});
