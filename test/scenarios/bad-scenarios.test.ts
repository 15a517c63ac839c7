import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Desk } from './desk.js';

/** The first line of each problem: place and name. */
function places(text: string): string[] {
  return text.split('\n').filter((line) => /^[\w./-]+:\d+:\d+ /.test(line));
}

describe('a bad scenario', () => {
  it('is reported whole: every problem in its place, with what to do', async () => {
    using desk = new Desk();
    const text = await desk.reported(`title: Bad
sede: 7
clock: reel
limits: { laps: 0 }
agents:
  past: { kind: source, gian: 2, mood: wlid, folder: ../../etc }
  ear:  { kind: anlyst }
  mix:  { kind: echo, isolation: thread }
links:
  - past.audio -> mix.audio
  - past.audio -> mux.audio
  - past.audio -> mix.control
  - mix.audio  -> mix.audio
  - past.audio ~> mix.audio: { delay: soon, gane: 1 }
  - past.audio => ear.audio
`);
    await expect(text).toMatchFileSnapshot('./all-at-once.golden.txt');
    expect(places(text)).toEqual([
      'piece.yaml:2:1  unknown-key',
      'piece.yaml:3:8  wrong-value',
      'piece.yaml:4:17  wrong-value',
      'piece.yaml:6:25  unknown-key',
      'piece.yaml:6:40  wrong-value',
      'piece.yaml:6:54  outside-project',
      'piece.yaml:7:17  unknown-kind',
      'piece.yaml:8:34  wrong-value',
      'piece.yaml:11:19  unknown-agent',
      'piece.yaml:12:19  wrong-signal',
      'piece.yaml:13:16  undelayed-cycle',
      'piece.yaml:14:39  wrong-value',
      'piece.yaml:14:45  unknown-key',
      'piece.yaml:15:16  bad-arrow',
    ]);
  });

  it('shows the line, underlines the offence and suggests the word', async () => {
    using desk = new Desk();
    expect(await desk.reported('agents:\n  ear: { kind: anlyst }\n')).toBe(
      `piece.yaml:2:16  unknown-kind
    2 |   ear: { kind: anlyst }
      |                ^^^^^^
  there is no kind named \`anlyst\`.
  Expected: source, echo, analyst, dreamer
  Did you mean: analyst?
  Try: name one of these, or the file of your own kind under use:
`,
    );
  });

  it('shows an undelayed cycle and which arrow to change', async () => {
    using desk = new Desk();
    const text = await desk.reported(`agents: { a: { kind: echo }, b: { kind: echo } }
links:
  - a.audio -> b.audio
  - b.audio -> a.audio
`);
    expect(text).toBe(`piece.yaml:4:13  undelayed-cycle
    4 |   - b.audio -> a.audio
      |             ^^
  a → b → a has no delay, so its first instant would never end.
  Expected: a returning link ~> in the cycle a.audio -> b.audio, b.audio -> a.audio
  Try: write b.audio ~> a.audio: { delay: 1s }, or on another of these 2 arrows
`);
  });

  it('with broken syntax stops there, in its place', async () => {
    using desk = new Desk();
    expect(places(await desk.reported('agents:\n  a: { kind: echo\nlinks:\n'))).toEqual([
      'piece.yaml:3:1  syntax',
    ]);
    expect(places(await desk.reported('agents:\n\ta: { kind: echo }\n'))).toEqual([
      'piece.yaml:2:1  syntax',
    ]);
    expect(await desk.reported('title: "open\nagents:\n  a: { kind: echo }\n')).toContain('syntax');
  });

  it.each([
    [
      'a name written twice',
      'agents:\n  a: { kind: echo }\n  a: { kind: echo }\n',
      '3:3  duplicate-key',
    ],
    ['an alias', 'agents:\n  a: &x { kind: echo }\n  b: *x\n', '3:6  alias'],
    ['an alias bomb', aliasBomb(), '2:10  alias'],
    ['__proto__', 'agents:\n  a: { kind: echo, __proto__: { x: 1 } }\n', '2:20  refused-key'],
    ['__proto__ at the top', '__proto__: { polluted: 1 }\nagents: {}\n', '1:1  refused-key'],
    ['constructor', 'agents: { constructor: { kind: echo } }\n', '1:11  refused-key'],
    ['a tag', 'title: !!js/function "x"\n', '1:22  tag'],
    ['a complex key', '? [a, b]\n: 1\n', '1:3  complex-key'],
    ['two documents', 'agents: {}\n---\nagents: {}\n', '2:1  syntax'],
    ['far too many brackets', `title: ${'['.repeat(60_000)}`, '1:58  too-deep'],
    ['an empty file', '', '1:1  no-scenario'],
    ['a list', '- a\n- b\n', '1:1  no-scenario'],
    ['no agents', 'title: Empty\n', '1:1  missing-key'],
    ['no agent', 'agents: {}\n', '1:9  wrong-value'],
    ['an agent of nothing', 'agents:\n  a:\n', '2:3  wrong-value'],
    ['an agent of no kind', 'agents:\n  a: { gain: 1 }\n', '2:3  missing-key'],
    ['a name with a dot', 'agents:\n  a.b: { kind: echo }\n', '2:3  bad-name'],
    ['the name of the engine', 'agents:\n  control: { kind: echo }\n', '2:3  bad-name'],
    ['links of no list', 'agents: { a: { kind: echo } }\nlinks: a.audio\n', '2:8  wrong-value'],
    [
      'a link of two arrows',
      'agents: { a: { kind: echo } }\nlinks: [{ x: 1, y: 2 }]\n',
      '2:11  bad-arrow',
    ],
    [
      'a delay on a feeding link',
      'agents: { a: { kind: source }, b: { kind: echo } }\nlinks:\n' +
        '  - a.audio -> b.audio: { delay: 1s }\n',
      '3:34  delayed-feed',
    ],
    [
      'a delay below a sample',
      'agents: { a: { kind: echo } }\nlinks:\n  - a.audio ~> a.audio: { delay: 0.001ms }\n',
      '3:34  no-delay',
    ],
    [
      'an unknown topology',
      'agents: { a: { kind: echo } }\ntopology: rng\n',
      '2:11  unknown-topology',
    ],
    [
      'a wrong param of a topology',
      'agents: { a: { kind: echo } }\ntopology: { ring: { dely: 1s } }\n',
      '2:21  unknown-key',
    ],
  ])('with %s is refused in its place', async (_, text, place) => {
    using desk = new Desk();
    expect(places(await desk.reported(text))).toEqual([`piece.yaml:${place}`]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('with ten thousand agents is refused before it is parsed', async () => {
    using desk = new Desk();
    const line = (i: number) => `  a${i}: { kind: echo }`;
    const block = Array.from({ length: 10_000 }, (_, i) => line(i)).join('\n');
    const text = await desk.reported(`title: Crowd\nagents:\n${block}\n`);
    expect(places(text)).toEqual(['piece.yaml:2:1  too-many-agents']);
    expect(text).toContain('about 10000 agents');
    const flow = Array.from({ length: 10_000 }, (_, i) => `a${i}: {kind: echo}`).join(', ');
    expect(places(await desk.reported(`agents: {${flow}}`))).toEqual([
      'piece.yaml:1:1  too-many-agents',
    ]);
  });

  it('with a few too many agents or links is refused as well', async () => {
    using desk = new Desk();
    const agents = Array.from({ length: 1001 }, (_, i) => `  a${i}: { kind: echo }`).join('\n');
    expect(await desk.reported(`agents:\n${agents}\n`)).toContain('about 1001 agents');
    const some = agents.split('\n').slice(0, 150).join('\n');
    const mesh = await desk.reported(`agents:\n${some}\ntopology: mesh\n`);
    expect(places(mesh)).toEqual(['piece.yaml:152:11  too-many-links']);
  });

  it('larger than 256 KB, or of no text, is not read', async () => {
    using desk = new Desk();
    expect(await desk.reported(`# ${'x'.repeat(300_000)}\n`)).toContain('too-large');
    desk.put('noise.yaml', new Uint8Array([0xff, 0xfe, 0x00, 0x80]));
    const { loadScenario } = await import('../../src/scenarios/index.js');
    const loaded = await loadScenario(join(desk.folder, 'noise.yaml'), { seed: 1 });
    expect(loaded).toMatchObject({
      ok: false,
      problems: [{ code: 'no-text', line: 1, column: 1 }],
    });
  });

  it.each([
    ['up and out', '../../../etc/passwd', 'outside-project'],
    ['absolute', '/etc/passwd', 'outside-project'],
    ['from home', '~/sounds', 'outside-project'],
    ['through a symbolic link', 'door/passwd', 'outside-project'],
    ['to nothing', 'sound', 'missing-file'],
  ])('may not lead %s', async (_, folder, code) => {
    using desk = new Desk();
    desk.put('sounds/a.txt', '');
    symlinkSync('/etc', join(desk.folder, 'door'));
    const text = await desk.reported(`agents:\n  a: { kind: source, folder: "${folder}" }\n`);
    expect(places(text)).toEqual([`piece.yaml:2:30  ${code}`]);
    if (code === 'missing-file') expect(text).toContain('Did you mean: sounds?');
  });

  it('cannot steer the terminal that shows it', async () => {
    using desk = new Desk();
    const text = await desk.reported('agents:\n  a: { kind: "\\e]0;x\\a" } # \u001b[2J\n');
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('without a seed needs one from somewhere', async () => {
    using desk = new Desk();
    const file = desk.put('piece.yaml', 'agents:\n  a: { kind: corpus, folder: . }\n');
    const { loadScenario } = await import('../../src/scenarios/index.js');
    expect(await loadScenario(file)).toMatchObject({ ok: false, problems: [{ code: 'no-seed' }] });
    expect(await loadScenario(file, { seedOtherwise: 5 })).toMatchObject({ value: { seed: 5 } });
  });

  it('that is not there is one clear error', async () => {
    const { loadScenario } = await import('../../src/scenarios/index.js');
    await expect(loadScenario('nowhere.yaml')).rejects.toThrow('there is no such scenario');
  });
});

function aliasBomb(): string {
  const lines = Array.from(
    { length: 9 },
    (_, i) => `b${i + 1}: &b${i + 1} [*b${i}, *b${i}, *b${i}]`,
  );
  return ['b0: &b0 [x, x, x]', ...lines, 'agents: { a: { kind: echo } }', ''].join('\n');
}
