import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spoken, withFolder } from '../../cli/spoken.js';

describe('the command line', () => {
  it('renders a corpus, will not write over it, and evaluates a run on it', () =>
    withFolder(async (room) => {
      const out = join(room, 'corpus');
      const wanted = ['corpus', 'render', '--minutes', '0.25', '--seed', '5', '--out', out];
      const rendered = await spoken(...wanted);
      expect([rendered.code, rendered.err]).toEqual([0, '']);
      const [line] = rendered.out.split('\n');
      expect(line).toMatch(/^1 of 1 {2}001-mixed\.wav {2}15\.0 s, \d+ notes$/);
      const again = await spoken(...wanted);
      expect([again.code, again.out]).toEqual([2, '']);
      expect(again.err).toContain('already');
      const asked = [
        'models',
        'evaluate',
        'seq00led',
        '--registry',
        'test/fixtures/runs',
        '--corpus',
        out,
        '--seconds',
        '4',
      ];
      const told = await spoken(...asked);
      expect(told.code).toBe(0);
      expect(told.out).toMatch(/mean squared error +\d+\.\d{4} +\d+\.\d{4} +\d+\.\d{4}/);
      const { code, out: text } = await spoken(...asked, '--json');
      const found = JSON.parse(text) as { role: string; byStep: unknown[] };
      expect([code, found.role, found.byStep.length]).toEqual([0, 'sequencer', 40]);
    }));

  it('prints one JSON document of what was rendered, its progress beside it', () =>
    withFolder(async (room) => {
      const out = join(room, 'corpus');
      const asked = ['--minutes', '0.05', '--techniques', 'pizzicato', '--out', out, '--json'];
      const rendered = await spoken('corpus', 'render', ...asked);
      expect(rendered.err).toContain('001-pizzicato.wav');
      expect(JSON.parse(rendered.out)).toMatchObject({
        out,
        seed: 1,
        techniques: ['pizzicato'],
        recordings: [{ file: '001-pizzicato.wav', seconds: 3, focus: 'pizzicato' }],
      });
    }));

  it('refuses no time at all and lists the techniques where one is unknown', () =>
    withFolder(async (room) => {
      const asked = ['corpus', 'render', '--out', join(room, 'no')];
      const none = await spoken(...asked, '--minutes', '0');
      expect([none.code, none.err]).toEqual([2, expect.stringContaining('above 0')]);
      const unknown = await spoken(...asked, '--techniques', 'pizzicata');
      expect(unknown.code).toBe(2);
      expect(unknown.err).toMatch(/no technique "pizzicata"[\s\S]*Try: pizzicato/);
    }));
});
