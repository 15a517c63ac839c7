import { defineShape, place, shapeParams } from '../shape.js';
import type { Wire } from '../shape.js';

const WIRING: readonly (readonly [
  from: Part,
  port: string,
  to: Part,
  port: string,
  Wire['way'],
  number?,
])[] = [
  ['past', 'audio', 'ear', 'audio', 'feeds'],
  ['past', 'audio', 'sampler', 'corpus', 'feeds'],
  ['generator', 'mel', 'vocoder', 'mel', 'feeds'],
  ['vocoder', 'audio', 'ear', 'audio', 'feeds'],
  ['vocoder', 'audio', 'sampler', 'corpus', 'feeds'],
  ['ear', 'descriptors', 'sequencer', 'prime', 'feeds'],
  ['sequencer', 'composition', 'sampler', 'query', 'feeds'],
  ['sampler', 'audio', 'violinist', 'heard', 'feeds'],
  ['vocoder', 'audio', 'generator', 'audio', 'returns', 4],
  ['sampler', 'audio', 'ear', 'audio', 'returns', 2],
  ['violinist', 'audio', 'ear', 'audio', 'returns'],
];

type Part = 'past' | 'generator' | 'vocoder' | 'ear' | 'sequencer' | 'sampler' | 'violinist';

const part = (name: Part) => place(`the agent that is the ${name}`).default(name);

/**
 * The paper's own wiring: the library, its readers, and the three ways in which they feed each
 * other.
 */
export const babel = defineShape({
  name: 'babel',
  summary: 'The six components of the paper, with its three feedback paths closed.',
  loops:
    'Generator and vocoder (4 times the delay), sampler and sequencer (twice), performance and ' +
    'sequencer (once).',
  params: shapeParams({
    past: part('past'),
    generator: part('generator'),
    vocoder: part('vocoder'),
    ear: part('ear'),
    sequencer: part('sequencer'),
    sampler: part('sampler'),
    violinist: part('violinist'),
  }),
  wires(params) {
    return WIRING.map(([from, out, to, into, way, longer = 1]) => ({
      from: `${params[from]}.${out}`,
      to: `${params[to]}.${into}`,
      way,
      longer,
    }));
  },
});
