// Whatever is done to the text of a scenario, reading it ends in a scenario or in problems that
// point into the text. The worst typo of a composer must never look like a crash.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadScenario, report } from '../../src/scenarios/index.js';
import { Desk, KINDS } from './desk.js';

const TEXT = `title: Piece
seed: 3
limits: { laps: 9, inbox: 4 }
use: []
agents:
  past: { kind: source, gain: 1.5, mood: wild }
  mix:
    kind: echo
    isolation: process
  ear: { kind: analyst }
expose: { outputs: { said: mix.audio } }
topology:
  - ring: { agents: [mix, mix], delay: 2s }
links:
  - past.audio -> mix.audio: { gain: 0.5 }
  - mix.audio -> ear.audio
  - mix.audio ~> mix.audio: { delay: 250ms, keep: latest }
`;

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ':',
  '- ',
  '\n',
  '"',
  '*x',
  '&x',
  '~',
  '>',
  '.',
  '#',
  '!',
  '0',
  'é',
];

describe('a mutated scenario', () => {
  it('is read or reported, and every problem lies in its text', async () => {
    using desk = new Desk();
    const change = fc.record({
      at: fc.nat(TEXT.length),
      cut: fc.nat(6),
      put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3, unit: 'binary' })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const text = changes.reduce(
          (now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut),
          TEXT,
        );
        const file = desk.put('piece.yaml', text);
        const loaded = await loadScenario(file, { kinds: KINDS, seed: 1 });
        if (loaded.ok) return;
        expect(loaded.problems.length).toBeGreaterThan(0);
        const lines = new TextDecoder().decode(new TextEncoder().encode(text)).split('\n');
        for (const { line, column, width, lineText } of loaded.problems) {
          expect(lineText).toBe(lines[line - 1]?.replace(/\r$/, '').replace(/^\u{feff}/u, ''));
          expect(column).toBeLessThanOrEqual(lineText.length + 1);
          expect(width).toBeGreaterThan(0);
        }
        expect(report(loaded.problems)).toContain('Try: ');
      }),
      { numRuns: 400 },
    );
  });
});
