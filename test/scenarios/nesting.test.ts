import { describe, expect, it } from 'vitest';
import { portName } from '../../src/core/index.js';
import { Desk } from './desk.js';

const CHOIR = `agents:
  ear: { kind: echo }
  lib: { kind: source, folder: tapes }
  out: { kind: echo }
links:
  - ear.audio -> out.audio
  - lib.audio -> out.audio
expose:
  inputs: { heard: ear.audio }
  outputs: { said: out.audio }
`;

const OUTER = `agents:
  a:     { kind: source }
  choir: { scenario: parts/choir.yaml }
  mix:   { kind: echo }
links:
  - a.audio -> choir.heard
  - choir.said -> mix.audio
`;

function desk(): Desk {
  const desk = new Desk();
  desk.put('parts/choir.yaml', CHOIR);
  desk.put('parts/tapes/one.wav', '');
  return desk;
}

describe('a scenario in a scenario', () => {
  it('joins the cast under full names, its links led to the ports it exposes', async () => {
    using at = desk();
    const { cast, topology } = await at.sound(OUTER);
    expect(cast.map(({ id }) => id)).toEqual(['a', 'choir/ear', 'choir/lib', 'choir/out', 'mix']);
    expect(topology.links.map(({ from, to }) => `${portName(from)} ${portName(to)}`)).toEqual([
      'choir/ear.audio choir/out.audio',
      'choir/lib.audio choir/out.audio',
      'a.audio choir/ear.audio',
      'choir/out.audio mix.audio',
    ]);
  });

  it("has its paths start from the outermost scenario's folder", async () => {
    using at = desk();
    const { cast } = await at.sound(OUTER);
    const library = cast.find(({ id }) => id === 'choir/lib');
    expect(library).toMatchObject({
      params: { folder: 'parts/tapes' },
      written: { folder: 'parts/tapes' },
    });
  });

  it('nests to any depth, and twice', async () => {
    using at = desk();
    at.put(
      'double.yaml',
      `agents:
  one: { scenario: parts/choir.yaml }
  two: { scenario: parts/choir.yaml }
links: [one.said -> two.heard]
expose: { inputs: { heard: one.heard }, outputs: { said: two.said } }
`,
    );
    const { cast, topology } = await at.sound(`agents:
  x: { scenario: double.yaml }
topology: ouroboros
`);
    expect(cast).toHaveLength(6);
    expect(cast[5]?.id).toBe('x/two/out');
    expect(topology.loops).toMatchObject([
      { agents: ['x/one/ear', 'x/one/out', 'x/two/ear', 'x/two/out'] },
    ]);
    expect(portName(topology.links.at(-1)!.from)).toBe('x/two/out.audio');
  });

  it('shows only what it exposes', async () => {
    using at = desk();
    const text = await at.reported(`${OUTER}  - a.audio -> choir.ear\n`);
    expect(text).toContain('piece.yaml:8:16  unknown-port');
    expect(text).toContain('Expected: choir.heard');
  });

  it('is checked where it is written', async () => {
    using at = desk();
    at.put('parts/choir.yaml', CHOIR.replace('kind: echo', 'kind: ecko'));
    const text = await at.reported(OUTER);
    expect(text).toContain('parts/choir.yaml:2:16  unknown-kind');
    expect(text).not.toContain('piece.yaml');
  });

  it('breathes together with what is around it', async () => {
    using at = desk();
    const text = await at.reported(`${OUTER}  - choir.said -> choir.heard\n`);
    expect(text).toContain('piece.yaml:8:16  undelayed-cycle');
    expect(text).toContain('choir/ear → choir/out → choir/ear has no delay');
  });

  it('refuses to be inside itself', async () => {
    using at = desk();
    at.put('parts/choir.yaml', 'agents: { again: { scenario: ../piece.yaml } }\n');
    const text = await at.reported(OUTER);
    expect(text).toContain('parts/choir.yaml:1:30  nested-in-itself');
  });

  it('refuses to go too deep', async () => {
    using at = desk();
    for (let i = 0; i < 12; i++)
      at.put(`n${i}.yaml`, `agents: { x: { scenario: n${i + 1}.yaml } }\n`);
    at.put('n12.yaml', 'agents: { x: { kind: echo } }\n');
    expect(await at.reported('agents: { x: { scenario: n0.yaml } }\n')).toContain(
      'nested-too-deep',
    );
  });

  it('refuses to multiply without end', async () => {
    using at = desk();
    const ten = (file: string): string =>
      [
        'agents:',
        ...Array.from({ length: 10 }, (_, i) => `  x${i}: { scenario: ${file} }`),
        '',
      ].join('\n');
    for (let i = 0; i < 7; i++) at.put(`n${i}.yaml`, ten(`n${i + 1}.yaml`));
    at.put('n7.yaml', 'agents: { x: { kind: echo } }\n');
    expect(await at.reported(ten('n0.yaml'))).toContain('too-many-agents');
  });

  it('says what is exposed but not there', async () => {
    using at = desk();
    const text = await at.reported(`agents: { a: { kind: echo } }
expose: { inputs: { x: a.sound }, outputs: { y: b.audio } }
`);
    expect(text).toContain('piece.yaml:2:24  unknown-port');
    expect(text).toContain('piece.yaml:2:49  unknown-agent');
  });

  it('keeps the time of the outermost scenario', async () => {
    using at = desk();
    at.put('parts/choir.yaml', `sampleRate: 48000\n${CHOIR}`);
    expect(await at.reported(OUTER)).toContain('parts/choir.yaml:1:13  other-rate');
  });
});
