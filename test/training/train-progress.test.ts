import { describe, expect, it } from 'vitest';
import { curveOf, trainProgress } from '../../src/cli/commands/train-progress.js';

function told(curve: boolean): { readonly lines: string[]; step(at: number, step: number): void } {
  const lines: string[] = [];
  let seconds = 0;
  const tell = (line: string): void => void lines.push(line);
  const now = (): number => seconds;
  const report = trainProgress({ steps: 1000, minutes: undefined, curve, now, tell });
  report({ says: 'compiled', step: 0, nodes: 12, workers: 1 });
  const step = (at: number, count: number): void => {
    seconds = at;
    report({ says: 'step', step: count, phase: 'forecast', losses: { loss: 1 / count } });
  };
  return { lines, step };
}

describe('progress', () => {
  it('tells step, losses, pace and what is left, but not at every step', () => {
    const { lines, step } = told(false);
    for (let second = 1; second <= 21; second++) step(second, 10 * second);
    expect(lines[0]).toContain('12 operations');
    expect(lines.slice(1)).toEqual([
      'step 10 of 1000  forecast  loss 0.1000  10.00 steps/s  2 min left',
      'step 110 of 1000  forecast  loss 0.009091  10.00 steps/s  89 s left',
      'step 210 of 1000  forecast  loss 0.004762  10.00 steps/s  79 s left',
    ]);
  });

  it('draws the losses as a curve in a terminal', () => {
    const { lines, step } = told(true);
    for (let second = 2; second <= 8; second += 2) step(second, second);
    expect(lines.at(-1)).toMatch(/█▃▁▁$/);
    expect(curveOf([3, 3, 3])).toBe('▁▁▁');
  });
});
