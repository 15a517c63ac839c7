import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { LineageStep } from '../../../src/telemetry/index.js';
import { lookFor } from '../../../tui/look/look.js';
import { agentsTable } from '../../../tui/panels/agents-table.js';
import { alerts } from '../../../tui/panels/alerts.js';
import { lineageLines } from '../../../tui/panels/lineage.js';
import { linksList } from '../../../tui/panels/links-list.js';
import { lapHistogram, loopPanel } from '../../../tui/panels/loop-panel.js';
import { lifePanel } from '../../../tui/panels/life-panel.js';
import { loopMap } from '../../../tui/panels/loop-map.js';
import { nowPlaying } from '../../../tui/panels/now-playing.js';
import type { Panel } from '../../../tui/panels/panel.js';
import { statusLine } from '../../../tui/panels/status-line.js';
import { BLANK_SIGHT, withConnection, withRecord } from '../../../tui/sight/sight.js';
import { babelSight, alertOf, loopState, NOW_MS, SOUNDING } from '../fixtures/babel.js';
import { crowdSight } from '../fixtures/crowd.js';
import { bare } from '../fixtures/painted.js';

const look = lookFor({ columns: 120, rows: 40 }, {});
const babel = babelSight();
const drawn = (panel: Panel, columns: number, rows: number, sight = babel): string =>
  panel(sight, look, { columns, rows }).map(bare).join('\n');

describe('every panel', () => {
  const panels = { agentsTable, alerts, linksList, lifePanel, loopMap, loopPanel, nowPlaying };
  it.each(Object.entries(panels))('%s fills its place exactly, whatever it knows', (_, panel) => {
    for (const sight of [BLANK_SIGHT, babel, crowdSight(40, 90)]) {
      for (const [columns, rows] of [
        [34, 3],
        [46, 8],
        [80, 12],
        [130, 30],
      ] as const) {
        const lines = panel(sight, look, { columns, rows });
        expect(lines.map((line) => stringWidth(line))).toEqual(lines.map(() => columns));
        expect(lines).toHaveLength(rows);
      }
    }
  });
});

describe('the agents table', () => {
  it('names each agent, its word and its rate once (T2)', () => {
    const text = drawn(agentsTable, 120, 12);
    for (const [name, word, rate] of [
      ['past', 'OK', '0.20'],
      ['una', 'BUSY', '0.20'],
      ['ear', 'OK', '0.50'],
      ['seq', 'LATE', '0.20'],
      ['violin', 'DOWN', '0.20'],
    ] as const) {
      expect(text.match(new RegExp(`\\b${name} `, 'g'))).toHaveLength(1);
      expect(text).toMatch(new RegExp(`${name} .* ${word} +${rate} `));
    }
    expect(text).toMatch(/violin .* 4 of 5 /);
  });

  it('draws 32 of 200 agents and says so (T3)', () => {
    const text = drawn(agentsTable, 120, 35, crowdSight(200, 1000));
    expect(text.match(/agent-\d{3}/g)).toHaveLength(32);
    expect(text).toContain(' 1-32 of 200 ');
  });

  it('keeps the selected agent in view wherever it stands', () => {
    const sight = crowdSight(200, 1000);
    const size = { columns: 120, rows: 35 };
    const lines = agentsTable(sight, look, size, { selected: 'agent-150' });
    expect(lines.some((line) => line.includes('\x1b[7m') && line.includes('agent-150'))).toBe(true);
    expect(bare(lines.join(''))).toContain(' 120-151 of 200 ');
  });

  it('shows those that a filter lets through', () => {
    const size = { columns: 120, rows: 12 };
    const view = { order: ['past', 'una', 'ear', 'grains'], filterText: 'a' };
    const text = agentsTable(babel, look, size, view).map(bare).join('\n');
    expect(text).toContain('AGENTS 4 /a');
    expect(text).not.toContain('violin');
  });
});

describe('the loop panel', () => {
  it('draws as many cells as sounds are of a lap, and the greatest lap (T11)', () => {
    const lines = lapHistogram(loopState(1), look, { columns: 30, rows: 4 }).map(bare);
    expect(lines).toEqual(['0 ■■■■■ 5', '1 ■■■ 3', '7 ■ 1  max 7']);
  });

  it('gathers laps where there are more than rows', () => {
    const laps = Array.from({ length: 12 }, (_, lap): [number, number] => [lap, 10]);
    const lines = lapHistogram(loopState(1, { laps }), look, { columns: 60, rows: 3 }).map(bare);
    expect(lines.map((line) => line.replace(/■+/, '■'))).toEqual([
      ' 0-3 ■ 40',
      ' 4-7 ■ 40',
      '8-11 ■ 40  max 11',
    ]);
  });

  it('shows the loop in trouble first, its gain with a sign and a word (T12)', () => {
    const text = drawn(loopPanel, 60, 8);
    expect(text).toContain('LOOP 2 ear · seq · grains');
    expect(text).toMatch(/gain \+1\.0 dB \/ turn +↑ RUNAWAY/);
    expect(text).toContain('6 louder on end');
  });
});

describe('the lineage strip', () => {
  const strip = (steps: readonly LineageStep[], columns: number, rows = 1): readonly string[] =>
    lineageLines(steps, look, { columns, rows }).map(bare);

  it('names four parents in order, and an unknown one "?" (T15)', () => {
    expect(strip(SOUNDING.lineage, 100)).toEqual([
      'violin.12 (lap 7) < grains.40 < seq.9 ~ mel.31 (6) < ?',
    ]);
  });

  it('ends in whole steps where there is no room', () => {
    expect(strip(SOUNDING.lineage, 40)).toEqual(['violin.12 (lap 7) < grains.40 < seq.9 …']);
    expect(strip(SOUNDING.lineage, 40, 2)).toEqual([
      'violin.12 (lap 7) < grains.40 < seq.9',
      '~ mel.31 (6) < ?',
    ]);
  });

  it('names the recording it began with', () => {
    const [first] = SOUNDING.lineage;
    const steps = [{ ...(first as LineageStep), file: 'violin-a.wav' }];
    expect(strip(steps, 60)).toEqual(['violin.12 violin-a.wav (lap 7)']);
  });
});

describe('the loop map', () => {
  it('draws every agent once with every loop numbered', () => {
    const text = drawn(loopMap, 90, 16);
    for (const { id } of babel.scene?.agents ?? []) {
      expect(text.match(new RegExp(`[●◐▲×] ${id}\\b`, 'g'))).toHaveLength(1);
    }
    expect(text).toContain('loop 1  4.0s');
    expect(text).toContain('↑ RUNAWAY loop 2  2.0s');
    expect(text).toContain('‖ PAUSED loop 3  1.0s');
  });

  it('says what a link has lost, in words (T16)', () => {
    expect(drawn(loopMap, 90, 16)).toContain('seq.composition -> grains.query  10 lost, 10.0 %');
    expect(drawn(linksList, 90, 16)).toMatch(
      /seq\.composition .* grains\.query .* 10 lost, 10\.0 %/,
    );
  });

  it('keeps every agent in its place between refreshes', () => {
    const places = (text: string): readonly number[] =>
      (babel.scene?.agents ?? []).map(({ id }) => text.indexOf(` ${id}`));
    const later = withRecord(babel, { ...babel.state, seconds: 900 } as never, NOW_MS + 1000);
    expect(places(drawn(loopMap, 90, 16, later))).toEqual(places(drawn(loopMap, 90, 16)));
  });

  it('lists the links where there are too many agents to draw (T3)', () => {
    expect(drawn(loopMap, 90, 16, crowdSight(200, 1000))).toContain(' 1-13 of 1000 ');
  });
});

describe('alerts', () => {
  it('say what is wrong, since when, why, and what to try, the worst first', () => {
    const text = drawn(alerts, 200, 5);
    expect(text).toMatch(/RUNAWAY {2}loop 2 {2}since 11:30 {2}Every turn is 1\.0 dB louder/);
    expect(text).toContain('Try: lower the gain of that link below 0.9.');
    expect(text.indexOf('RUNAWAY')).toBeLessThan(text.indexOf('LATE'));
  });

  it('show the first line of each before more of any', () => {
    const more = withRecord(babel, alertOf({ id: 'd', word: 'DOWN', subject: 'violin' }), NOW_MS);
    const text = drawn(alerts, 80, 5, more);
    for (const word of ['RUNAWAY', 'DOWN', 'LATE']) expect(text).toContain(word);
  });
});

describe('the status line', () => {
  const size = { columns: 120, rows: 1 };
  it('says how it is, for how long, and that it is live', () => {
    const [line = ''] = statusLine(babel, look, size, { framesPerSecond: 4 }).map(bare);
    expect(line).toContain(' Babel  ◆ CALL  12:11  -23.1 dB  peak -4.2  laps 9');
    expect(line).toContain('● LIVE 14:02:11  drops 10  view 4 fps');
  });

  it('says since when the engine is lost (T33), and how old a frozen picture is (T8)', () => {
    const lost = withConnection(babel, 'LOST', NOW_MS + 4000);
    expect(statusLine(lost, look, size).map(bare)[0]).toContain('? LOST since 14:02:15');
    const view = { frozenSinceMs: NOW_MS, nowMs: NOW_MS + 65_000 };
    const frozen = statusLine(babel, look, size, view).map(bare)[0];
    expect(frozen).toContain('‖ FROZEN 14:02:11 · 01:05 ago');
  });
});
