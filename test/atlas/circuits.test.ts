import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyAgentKind, BUILT_IN_KINDS, defineAgent } from '../../src/agents/index.js';
import { circuitsOf } from '../../src/atlas/circuits.js';
import { mapOf } from '../../src/atlas/map.js';
import { distanceDb, printOf } from '../../src/atlas/print.js';
import { spectrumOf } from '../../src/atlas/spectrum.js';
import { logMel80, mfcc39 } from '../../src/audio/index.js';
import { type Audio, port, seededRandom, toSamples } from '../../src/core/index.js';
import { RATE, cast, piece, wire } from './piece.js';

const built = (name: string): AnyAgentKind => BUILT_IN_KINDS.get(name)!;

const dreamer = defineAgent({
  kind: 'dreamer',
  summary: 'hears sound, says mels',
  params: z.object({}),
  inputs: { audio: port.audio('sound') },
  outputs: { mel: port.mel('a mel') },
  ticks: () => ({ everySeconds: 2 }),
  start: () => 0,
  receive: (state) => ({ state, emit: [] }),
});

describe('the ways round of a scenario', () => {
  it('close an agent through the fewest others where its own ports do not match', () => {
    const agents = [cast('una', dreamer), cast('mel', built('vocoder'))];
    const { choices, left } = circuitsOf(piece(agents));
    expect(choices.map(({ circuits }) => circuits[0].members)).toEqual([['una', 'mel']]);
    expect(choices[0]!.circuits[0].carries).toBe('audio');
    expect(left).toEqual([{ name: 'mel', why: 'the same way round as una' }]);
  });

  it('return with the beat of whoever has one, and else when every answer has ended', () => {
    const agents = [cast('una', dreamer), cast('mel', built('vocoder'))];
    const delays = circuitsOf(piece(agents)).choices[0]!.circuits[0].links;
    expect(delays.map(({ delaySamples }) => delaySamples)).toEqual([0, toSamples(2, RATE)]);
    const loop = piece([cast('a', built('guard'))], [wire('a', 'a', 0.1)]);
    const [link] = circuitsOf(loop).choices[0]!.circuits[0].links;
    expect(link!.delaySamples).toBe(toSamples(10, RATE));
  });

  it('leave out who hears nothing, or is not heard', () => {
    const corpus = { ...built('corpus') };
    const source = { ...cast('out', built('recorder')) };
    const past = { ...source, id: 'past', kind: corpus, params: { every: 1, folder: '.' } };
    const { choices, left } = circuitsOf(piece([past, source]));
    expect(choices).toEqual([]);
    expect(left.map(({ name }) => name)).toEqual(['past', 'out']);
  });

  it('name the inputs off the way round that hear something', () => {
    const agents = ['past', 'ear', 'grains'].map((id) => {
      return cast(id, built({ past: 'mixer', ear: 'descriptor' }[id] ?? 'sampler'));
    });
    const into = (to: string, portName: string, delay = 0) => {
      const link = wire(to === 'grains' ? 'past' : 'grains', to, delay);
      return { ...link, to: { agent: to, port: portName } };
    };
    const query = {
      ...wire('ear', 'grains'),
      from: { agent: 'ear', port: 'descriptors' },
      to: { agent: 'grains', port: 'query' },
    };
    const links = [into('grains', 'corpus'), query, into('ear', 'audio', 1)];
    const [loop] = circuitsOf(piece(agents, links)).choices;
    expect(loop!.circuits[0].members.toSorted()).toEqual(['ear', 'grains']);
    expect(loop!.circuits[0].sides).toEqual([{ agent: 'grains', port: 'corpus' }]);
  });
});

describe('the print of a sound', () => {
  const random = seededRandom(3, 'print');
  const hiss = (gain: number): Audio => {
    const samples = Float32Array.from({ length: 44_100 }, () => gain * random.normal());
    return { sampleRate: 44_100, channels: [samples] };
  };

  it('is as far from a louder one as the gain in dB, and no distance from its like', () => {
    const [soft, loud] = [hiss(0.02), hiss(0.2)].map((audio) => printOf(logMel80(audio)));
    expect(distanceDb(soft!, loud!)).toBeCloseTo(20, 0);
    expect(distanceDb(soft!, printOf(logMel80(hiss(0.02))))).toBeLessThan(1);
  });

  it('is about the same from a sound, its mel and its MFCCs', () => {
    const audio = hiss(0.1);
    const prints = [
      spectrumOf('audio', audio),
      spectrumOf('mel', logMel80(audio)),
      spectrumOf('descriptors', mfcc39(audio)),
    ].map((mel) => printOf(mel!));
    expect(distanceDb(prints[0]!, prints[1]!)).toBe(0);
    expect(distanceDb(prints[0]!, prints[2]!)).toBeLessThan(3);
  });

  it('lies on the map where like is near like', () => {
    const prints = [0, 1, 40, 41].map((db) => Array.from({ length: 8 }, (_, i) => -45 + db + i));
    const [a, b, c, d] = mapOf(prints).map(({ x }) => x) as [number, number, number, number];
    expect(Math.abs(a - b)).toBeLessThan(0.1);
    expect(Math.abs(c - d)).toBeLessThan(0.1);
    expect(Math.abs(a - c)).toBeGreaterThan(0.8);
  });
});
