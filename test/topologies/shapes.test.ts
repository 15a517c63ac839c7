import { describe, expect, it } from 'vitest';
import { port, portName } from '../../src/core/index.js';
import type { Problem } from '../../src/core/index.js';
import { SHAPES, checkTopology, expandShape } from '../../src/topologies/index.js';
import type { Link, Member, Shape } from '../../src/topologies/index.js';
import { members, paper } from './company.js';

const SETTING = { sampleRate: 100, laps: 64 };

function expand(name: string, params: object, agents: readonly Member[]) {
  const shape = SHAPES.get(name) as Shape;
  const known = new Map(agents.map((member) => [member.id, member]));
  return expandShape(shape, shape.params.parse(params) as Record<string, unknown>, known, SETTING);
}

function links(name: string, params: object, agents: readonly Member[]): readonly Link[] {
  const expanded = expand(name, params, agents);
  if (!expanded.ok) throw new Error(expanded.problems.map((problem) => problem.says).join());
  return expanded.value;
}

function problems(name: string, params: object, agents: readonly Member[]): readonly Problem[] {
  const expanded = expand(name, params, agents);
  return expanded.ok ? [] : expanded.problems;
}

/** `a b~100 c`: arrows by agents, returning ones with their delay in samples. */
function arrows(made: readonly Link[]): string[] {
  return made.map(({ from, to, way, delaySamples }) =>
    way === 'feeds' ? `${from.agent}${to.agent}` : `${from.agent}~${delaySamples}~${to.agent}`,
  );
}

function loopLengths(made: readonly Link[], agents: readonly Member[]): number[] {
  const checked = checkTopology(agents, made);
  if (!checked.ok) throw new Error(checked.problems.map((problem) => problem.says).join());
  return checked.value.loops.map((loop) => loop.links.length);
}

/** A violinist whose playing the sampler takes as its corpus. */
const duet = paper()[6] as Member;
const five = members('a', 'b', 'c', 'd', 'e');

describe('a named topology', () => {
  it.each([
    ['ouroboros', { delay: '4s' }, ['ab', 'bc', 'cd', 'de', 'e~400~a'], [5]],
    ['ouroboros', { agents: ['b'] }, ['b~100~b'], [1]],
    ['ring', { agents: ['c', 'a'], delay: 0.5 }, ['c~50~a', 'a~50~c'], [2]],
    ['dialogue', {}, ['a~100~b', 'b~100~a'], [2]],
    ['dialogue', { agents: ['a', 'c'], listeners: ['e'] }, ['a~100~c', 'c~100~a', 'ae', 'ce'], [2]],
    ['star', { centre: 'c', agents: ['a', 'b'] }, ['ac', 'bc', 'c~100~a', 'c~100~b'], [2, 2]],
    ['mesh', { agents: ['a', 'b'] }, ['a~100~b', 'b~100~a'], [2]],
    ['tree', {}, ['ab', 'ac', 'bd', 'be', 'c~100~a', 'd~100~a', 'e~100~a'], [2, 3, 3]],
    ['tree', { branches: 4, returns: false }, ['ab', 'ac', 'ad', 'ae'], []],
    [
      'forking-paths',
      { fork: 'a', paths: [['b', 'c'], ['d']] },
      ['ab', 'bc', 'c~100~a', 'ad', 'd~200~a'],
      [2, 3],
    ],
  ])('%s %o makes its loops', (name, params, expected, lengths) => {
    const made = links(name, params, five);
    expect(arrows(made)).toEqual(expected);
    expect(loopLengths(made, five)).toEqual(lengths);
  });

  it('mesh joins everyone with everyone else', () => {
    expect(links('mesh', {}, five)).toHaveLength(20);
    expect(loopLengths(links('mesh', {}, five), five)).toHaveLength(84);
  });

  it('babel wires the paper, its three feedback paths closed', () => {
    const made = links('babel', {}, paper());
    const returning = made.filter((one) => one.way === 'returns');
    expect(returning.map(({ from, to }) => `${portName(from)} ~> ${portName(to)}`)).toEqual([
      'vocoder.audio ~> generator.audio',
      'sampler.audio ~> ear.audio',
      'violinist.audio ~> ear.audio',
    ]);
    expect(returning.map((one) => one.delaySamples)).toEqual([400, 200, 100]);
    expect(loopLengths(made, paper())).toEqual([2, 3, 4]);
  });

  it('gives its returning links its options and leaves the feeding ones plain', () => {
    const made = links('ouroboros', { gain: 0.5, laps: 3, keep: 'latest' }, members('a', 'b'));
    expect(made).toMatchObject([
      { gain: 1, laps: 64, keep: 'oldest' },
      { gain: 0.5, laps: 3, keep: 'latest' },
    ]);
  });

  it('leads the first output that is understood into the first port for it', () => {
    const made = links('ouroboros', { agents: ['ear', 'sequencer', 'sampler'] }, paper());
    expect(made.slice(0, 3).map(({ from, to }) => `${portName(from)} ${portName(to)}`)).toEqual([
      'ear.descriptors sequencer.prime',
      'sequencer.composition sampler.query',
      'sampler.audio ear.audio',
    ]);
  });

  it('joins notes and controls only by name where there is anything else to hear', () => {
    const control = port.control('');
    const audio = port.audio('');
    const agents: Member[] = [
      { id: 'a', inputs: { audio }, outputs: { audio, notes: control } },
      { id: 'b', inputs: { model: control }, outputs: { audio } },
      { id: 'c', inputs: { audio }, outputs: { model: control } },
    ];
    const made = (names: string[]): unknown => {
      const [first] = links('ouroboros', { agents: names }, agents);
      return [first?.from.port, first?.to.port];
    };
    expect(problems('ouroboros', { agents: ['a', 'b'] }, agents)).toMatchObject([
      { code: 'wrong-signal', says: 'a cannot lead to b: a says audio, control, b hears control' },
    ]);
    expect(made(['c', 'b', 'a'])).toEqual(['model', 'model']);
    expect(made(['a.notes', 'b', 'a'])).toEqual(['notes', 'model']);
    expect(made(['a', 'b.model', 'a'])).toEqual(['notes', 'model']);
  });

  it('insists on a port that is named', () => {
    const star = { centre: 'violinist', agents: ['sampler.debris'] };
    const [made] = links('star', star, [...paper().slice(0, 6), duet]);
    expect(made).toMatchObject({
      from: { port: 'debris' },
      to: { agent: 'violinist', port: 'heard' },
    });
  });

  it('says whom it needs and misses', () => {
    expect(problems('babel', { vocoder: 'voc' }, paper())[0]).toMatchObject({
      code: 'unknown-agent',
      says: 'this topology needs an agent named voc, and there is none',
    });
  });

  it('says which two cannot be joined', () => {
    expect(problems('ouroboros', { agents: ['past', 'vocoder'] }, paper())).toMatchObject([
      {
        code: 'wrong-signal',
        says: 'past cannot lead to vocoder: past says audio, vocoder hears mel',
      },
      {
        code: 'wrong-signal',
        says: 'vocoder cannot lead to past: vocoder says audio, past hears nothing',
      },
    ]);
  });

  it('says which port there is not', () => {
    expect(problems('ring', { agents: ['ear.audoi', 'sampler'] }, paper())[0]).toMatchObject({
      code: 'unknown-port',
      didYouMean: 'audio',
    });
  });

  it('says of itself what it does and which loops it makes', () => {
    for (const shape of SHAPES.values()) {
      expect(shape.summary).toMatch(/\.$/);
      expect(shape.loops).toMatch(/[.]$/);
    }
  });
});
