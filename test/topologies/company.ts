import { port } from '../../src/core/index.js';
import type { Ports } from '../../src/core/index.js';
import type { Link, Member } from '../../src/topologies/index.js';

const audio: Ports = { audio: port.audio('sound') };

/** Agents that hear and say audio, by name. */
export function members(...ids: readonly string[]): Member[] {
  return ids.map((id) => ({ id, inputs: audio, outputs: audio }));
}

/** A link between two agents' audio; a delay makes it return. */
export function link(from: string, to: string, delaySamples = 0): Link {
  return {
    from: { agent: from, port: 'audio' },
    to: { agent: to, port: 'audio' },
    way: delaySamples > 0 ? 'returns' : 'feeds',
    delaySamples,
    gain: 1,
    every: 1,
    probability: 1,
    laps: 64,
    keep: 'newest',
  };
}

/** Agents of the paper with the ports of their kinds, by the names the babel shape gives them. */
export function paper(): Member[] {
  const a = port.audio('');
  const d = port.descriptors('');
  const mel = port.mel('');
  return [
    { id: 'past', inputs: {}, outputs: { audio: a } },
    { id: 'generator', inputs: { noise: port.noise(''), mel, audio: a }, outputs: { mel } },
    { id: 'vocoder', inputs: { mel }, outputs: { audio: a } },
    { id: 'ear', inputs: { audio: a }, outputs: { descriptors: d } },
    { id: 'sequencer', inputs: { prime: d }, outputs: { composition: d } },
    { id: 'sampler', inputs: { query: d, corpus: a }, outputs: { audio: a, debris: a } },
    { id: 'violinist', inputs: { heard: a, descriptors: d }, outputs: { audio: a } },
  ];
}
