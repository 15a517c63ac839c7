import { describe, expect, it } from 'vitest';
import { port } from '../../src/core/index.js';
import type { Problem } from '../../src/core/index.js';
import { checkTopology, strayAgents } from '../../src/topologies/index.js';
import type { Link, Member } from '../../src/topologies/index.js';
import { link, members } from './company.js';

function problems(agents: readonly Member[], links: readonly Link[]): readonly Problem[] {
  const checked = checkTopology(agents, links);
  return checked.ok ? [] : checked.problems;
}

describe('a topology', () => {
  it('is made of agents and links that agree', () => {
    const checked = checkTopology(members('a', 'b'), [link('a', 'b'), link('b', 'a', 100)]);
    expect(checked).toMatchObject({
      ok: true,
      value: { loops: [{ agents: ['a', 'b'], links: [0, 1] }] },
    });
  });

  it('refuses a cycle without delay, names it, and says which arrow to change', () => {
    const links = [link('a', 'b'), link('b', 'c'), link('c', 'a')];
    expect(problems(members('a', 'b', 'c'), links)).toEqual([
      {
        code: 'undelayed-cycle',
        at: ['links', 2, 'way'],
        says: 'a → b → c → a has no delay, so its first instant would never end',
        expected:
          'a returning link ~> in the cycle ' +
          'a.audio -> b.audio, b.audio -> c.audio, c.audio -> a.audio',
        try: 'write c.audio ~> a.audio: { delay: 1s }, or on another of these 3 arrows',
      },
    ]);
  });

  it('refuses an agent that feeds itself', () => {
    expect(problems(members('a'), [link('a', 'a')])).toMatchObject([
      { code: 'undelayed-cycle', at: ['links', 0, 'way'] },
    ]);
  });

  it('names unknown agents and ports and who was probably meant', () => {
    const links = [
      link('past', 'eer'),
      { ...link('past', 'ear'), to: { agent: 'ear', port: 'x' } },
    ];
    expect(problems(members('past', 'ear'), links)).toMatchObject([
      { code: 'unknown-agent', at: ['links', 0, 'to'], didYouMean: 'ear' },
      { code: 'unknown-port', at: ['links', 1, 'to'], expected: 'ear.audio' },
    ]);
  });

  it('is not fooled by the names that every object has', () => {
    const odd = { ...link('a', 'b'), from: { agent: 'a', port: 'constructor' } };
    expect(problems(members('a', 'b'), [odd])).toMatchObject([{ code: 'unknown-port' }]);
  });

  it('tells an input from an output', () => {
    const ear = { id: 'ear', inputs: { audio: port.audio('') }, outputs: {} };
    expect(problems([ear, ...members('b')], [link('ear', 'b')])).toMatchObject([
      {
        says: 'ear says nothing called audio; it only hears it',
        expected: 'no link here: ear says nothing',
        try: 'remove this link',
      },
    ]);
  });

  it('refuses signals that disagree and says where this one could lead', () => {
    const ear: Member = {
      id: 'ear',
      inputs: { said: port.descriptors(''), heard: port.audio('') },
      outputs: {},
    };
    const wrong = { ...link('a', 'ear'), to: { agent: 'ear', port: 'said' } };
    expect(problems([...members('a'), ear], [wrong])).toMatchObject([
      {
        code: 'wrong-signal',
        at: ['links', 0, 'to'],
        says: 'a.audio carries audio, but ear.said hears descriptors',
        try: 'lead a.audio into ear.heard',
      },
    ]);
  });

  it('refuses the same link twice, but not two echoes of different length', () => {
    const agents = members('a', 'b');
    expect(problems(agents, [link('a', 'b'), link('a', 'b')])).toMatchObject([
      { code: 'duplicate-link', at: ['links', 1] },
    ]);
    expect(problems(agents, [link('a', 'b'), link('a', 'b', 5), link('a', 'b', 9)])).toEqual([]);
  });

  it('refuses a returning link shorter than a sample', () => {
    const instant: Link = { ...link('a', 'b'), way: 'returns' };
    expect(problems(members('a', 'b'), [instant])).toMatchObject([
      { code: 'no-delay', at: ['links', 0, 'delay'] },
    ]);
  });

  it('refuses two agents of one name', () => {
    expect(problems(members('a', 'a'), [])).toMatchObject([
      { code: 'duplicate-agent', at: ['agents', 'a'] },
    ]);
  });

  it('finds the agents that no link touches', () => {
    const checked = checkTopology(members('a', 'b', 'alone'), [link('a', 'b')]);
    expect(checked.ok && strayAgents(checked.value)).toEqual(['alone']);
  });

  it('reports everything at once', () => {
    const links = [link('a', 'x'), link('a', 'b'), link('b', 'a'), link('a', 'b')];
    const codes = problems(members('a', 'b'), links).map((problem) => problem.code);
    expect(codes).toEqual(['duplicate-link', 'unknown-agent', 'undelayed-cycle']);
  });
});
