import { describe, expect, it } from 'vitest';
import { Desk } from './desk.js';

const PATH = `agents:
  ear: { kind: echo }
  lib: { kind: source, folder: tapes }
links:
  - lib.audio -> ear.audio
expose:
  outputs: { said: ear.audio }
`;

const garden = (fork: string): string => `agents:
  garden: { scenario: parts/path.yaml${fork} }
  mix:    { kind: echo }
links:
  - garden-1.said -> mix.audio
  - garden-2.said -> mix.audio
`;

function desk(): Desk {
  const desk = new Desk();
  desk.put('parts/path.yaml', PATH);
  desk.put('parts/tapes/one.wav', '');
  return desk;
}

describe('a scenario whose paths fork', () => {
  it('is there once for each universe, each knowing until when they are one', async () => {
    using at = desk();
    const text = garden(', forking-paths: { universes: 2, at: 2s }');
    const { cast, sampleRate } = await at.sound(text);
    expect(cast.map(({ id }) => id)).toEqual([
      'garden-1/ear',
      'garden-1/lib',
      'garden-2/ear',
      'garden-2/lib',
      'mix',
    ]);
    expect(cast[2]?.forks).toEqual([{ depth: 0, trunk: 'garden', at: 2 * sampleRate }]);
    expect(cast[4]?.forks).toBeUndefined();
  });

  it('may stand in one that forks as well', async () => {
    using at = desk();
    at.put('outer.yaml', garden(', forking-paths: { universes: 2, at: 2s }'));
    const { cast } = await at.sound(
      'agents:\n  all: { scenario: outer.yaml, forking-paths: { universes: 2, at: 1s } }\n',
    );
    const inner = cast.find(({ id }) => id === 'all-2/garden-1/ear');
    expect(inner?.forks?.map(({ depth, trunk }) => [depth, trunk])).toEqual([
      [0, 'all'],
      [1, 'garden'],
    ]);
  });

  it('refuses a number of universes that is none, and a name that is taken', async () => {
    using at = desk();
    const one = await at.load(garden(', forking-paths: { universes: 1, at: 2s }'));
    expect(one.ok ? [] : one.problems.map(({ code }) => code)).toContain('wrong-value');
    const text = garden(', forking-paths: { universes: 2, at: 2s }');
    const two = await at.load(text.replace('mix: ', 'garden-1: { kind: echo }\n  mix: '));
    expect(two.ok ? [] : two.problems.map(({ says }) => says)).toContain(
      'there are two agents named `garden-1`, one of them a universe of `forking-paths`',
    );
  });
});
