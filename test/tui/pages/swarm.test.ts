import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/telemetry/index.js';
import { lookFor } from '../../../tui/look/look.js';
import { swarmPage } from '../../../tui/pages/swarm.js';
import type { Sight } from '../../../tui/sight/sight.js';
import { BLANK_SIGHT, withRecord } from '../../../tui/sight/sight.js';
import { BABEL, linkOf } from '../fixtures/babel-scene.js';
import { babelSight, babelState, agentState, linkState, NOW_MS } from '../fixtures/babel.js';
import { crowdSight } from '../fixtures/crowd.js';
import { bare, COLOUR_CODES, CONTROL_BYTES } from '../fixtures/painted.js';

const babel = babelSight();
const view = { framesPerSecond: 4, footer: ' ? keys  / filter  : command  enter open  q quit' };

function frame(
  sight: Sight,
  columns: number,
  rows: number,
  env: Record<string, string> = {},
): string {
  const size = { columns, rows };
  return swarmPage(sight, lookFor(size, env), size, view).join('\n');
}

describe('the first screen', () => {
  it.each([
    [80, 24],
    [120, 40],
  ])('looks like this at %i columns and %i rows', async (columns, rows) => {
    const text = `${bare(frame(babel, columns, rows))}\n`;
    await expect(text).toMatchFileSnapshot(`../golden/swarm-${columns}x${rows}.txt`);
  });

  it('fills every terminal from 80x24 exactly, and is never wider (T27)', () => {
    const sights = [babel, BLANK_SIGHT, crowdSight(60, 200)];
    for (let columns = 40; columns <= 200; columns += 5) {
      for (const rows of [10, 24, 33, 40, 60]) {
        const lines = frame(sights[(columns / 5) % 3] as Sight, columns, rows).split('\n');
        expect(lines).toHaveLength(rows);
        expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([columns]));
      }
    }
  });

  it('names all agents of the fixture and every state word without colour (T2, T24)', () => {
    const text = bare(frame(babel, 120, 40));
    for (const { id } of BABEL.agents) expect(text).toContain(id);
    for (const word of ['OK', 'BUSY', 'LATE', 'DOWN', 'RUNAWAY', 'PAUSED', 'CALL', 'LIVE']) {
      expect(text).toMatch(new RegExp(`\\S ${word}\\b`));
    }
  });

  it('shows the words of the recursion in the smallest terminal', () => {
    const text = bare(frame(babel, 80, 24));
    expect(text).toContain('drift 0.31  variety 0.82  fresh 18 %  new 41/h');
    expect(text).toContain('loop 2 +1.0 dB ↑ RUNAWAY');
  });

  it('has no character above 0x7E in ASCII (T18)', () => {
    for (const [columns, rows] of [
      [80, 24],
      [120, 40],
    ] as const) {
      const text = bare(frame(babel, columns, rows, { LANG: 'C' }));
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });

  it('has no code of a colour under NO_COLOR (T19)', () => {
    expect(frame(babel, 120, 40, { NO_COLOR: '1' })).not.toMatch(COLOUR_CODES);
    expect(frame(babel, 120, 40)).toMatch(COLOUR_CODES);
  });

  it('says what is needed where a terminal is too small (T26)', () => {
    const text = frame(babel, 40, 10);
    expect(text).toContain('this is 40x10');
    expect(text).toContain('needed: 80x24');
  });
});

const HOSTILE = [
  '\x1b]0;x\x07',
  '\x1b[2J',
  'a\u202egnirts\u2067b',
  'x'.repeat(10_000),
  `v${'\u0301\u0322'.repeat(80)}`,
  '🎻👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '\r\n\t\b\x9b31m',
  '小提琴',
];

function hostileSight(): Sight {
  const scene: Scene = {
    ...BABEL,
    title: HOSTILE.join(' '),
    agents: HOSTILE.map((id) => ({ ...(BABEL.agents[0] as Scene['agents'][0]), id, kind: id })),
    links: HOSTILE.map((id, i) => ({
      ...linkOf(i, 'a.b -> c.d'),
      from: { agent: id, port: id },
      to: { agent: HOSTILE[(i + 3) % HOSTILE.length] as string, port: id },
      way: i % 2 === 0 ? 'feeds' : 'returns',
    })),
    loops: [{ number: 1, agents: HOSTILE, links: [0, 1] }],
  };
  const state = {
    ...babelState(10, scene),
    agents: HOSTILE.map((id) => agentState(id, 10)),
    links: HOSTILE.map((_, i) => linkState(i, 10, { dropped: 1 })),
  };
  const alert = { id: 'x', word: 'DOWN', level: 'call', since: 1, type: 'alert' } as const;
  const text = HOSTILE.join('\n');
  return [
    scene,
    state,
    { ...alert, subject: text, says: text, try: text },
    { type: 'note', seconds: 1, says: text } as const,
  ].reduce((sight, record) => withRecord(sight, record, NOW_MS), BLANK_SIGHT);
}

describe('hostile names', () => {
  it('leave the screen in order and bring no control byte (T34)', () => {
    const sight = hostileSight();
    for (const env of [{}, { LANG: 'C' }, { NO_COLOR: '1' }]) {
      for (const [columns, rows] of [
        [80, 24],
        [120, 40],
        [200, 60],
      ] as const) {
        const lines = frame(sight, columns, rows, env as Record<string, string>).split('\n');
        expect(lines).toHaveLength(rows);
        for (const line of lines) {
          expect(stringWidth(line)).toBe(columns);
          expect(bare(line)).not.toMatch(CONTROL_BYTES);
        }
      }
    }
  });
});

describe('a crowd', () => {
  it('of 200 agents and 1,000 links is drawn a window at a time (T3)', () => {
    const text = bare(frame(crowdSight(200, 1000), 120, 40));
    expect(text).toMatch(/ 1-\d+ of 200 /);
    expect(text).toMatch(/ 1-\d+ of 1000 /);
    expect(text.split('\n')).toHaveLength(40);
  });
});
