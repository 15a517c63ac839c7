import { describe, expect, it } from 'vitest';
import { BLANK_SIGHT } from '../../tui/sight/sight.js';
import { snapshotText } from '../../tui/snapshot.js';
import { BABEL } from './fixtures/babel-scene.js';
import { babelSight } from './fixtures/babel.js';
import { crowdSight } from './fixtures/crowd.js';

describe('a plain snapshot', () => {
  const text = snapshotText(babelSight());

  it('has no escape and ends with a newline (T21)', () => {
    expect(text).not.toContain('\x1b');
    expect(text.endsWith('\n')).toBe(true);
    expect(snapshotText(BLANK_SIGHT)).toBe('nothing is known yet\n');
  });

  it('names every agent, link and loop with its state, and all losses', () => {
    for (const { id } of BABEL.agents) expect(text).toMatch(new RegExp(`^${id} `, 'm'));
    expect(text).toMatch(/^6 .* seq\.composition -> grains\.query .* 10 lost, 10\.0 % /m);
    expect(text).toMatch(/^2 .* ear, seq, grains +RUNAWAY +1\.0 /m);
    expect(text).toMatch(/mel\.audio ~> una\.audio +1 .* 0\.80/);
  });

  it('tells how it lives, what sounds and what is wrong', () => {
    expect(text).toContain('drift 0.31, variety 0.82, fresh 18 %, new 41/h');
    expect(text).toContain('violin.12 (7) < grains.40 (7) < seq.9 (7) ~ mel.31 (6) < ?');
    expect(text).toMatch(/^RUNAWAY {2}loop 2 {2}since 11:30 .* Try: lower the gain/m);
  });

  it('leaves nothing of a crowd out', () => {
    expect(snapshotText(crowdSight(200, 1000)).match(/^agent-\d+ /gm)).toHaveLength(200);
  });
});
