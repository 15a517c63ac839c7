import { z } from 'zod';
import { BUILT_IN_KINDS, defineAgent } from '../../../src/agents/index.js';
import { port } from '../../../src/core/index.js';
import type { Scenario } from '../../../src/scenarios/index.js';
import { audioLink, casting, scenario } from '../play.js';

const kind = (name: string): never => BUILT_IN_KINDS.get(name) as never;

/** Says a tenth of a second of quiet noise, ten times a second, as often as it is told. */
const singer = defineAgent({
  kind: 'singer',
  summary: 'says noise',
  params: z.object({ count: z.number().optional() }),
  inputs: {},
  outputs: { audio: port.audio('noise') },
  ticks: ({ count }) => ({ everySeconds: 0.1, ...(count === undefined ? {} : { count }) }),
  start: () => 0,
  receive(turn: number, _tick, { random, sampleRate }) {
    const channel = Float32Array.from({ length: 100 }, () => random.next() / 2 - 0.25);
    const signal = { sampleRate, channels: [channel] };
    return { state: turn + 1, emit: [{ port: 'audio', signal }] };
  },
});

/** A source of sound as the pieces here have it, and as a process of its own can play it. */
export function source(recordings?: string, count?: number): ReturnType<typeof casting> {
  const written = count === undefined ? {} : { count };
  if (recordings === undefined) return casting('past', written, singer);
  return casting('past', { folder: recordings, every: 0.1, seconds: 0.1 }, kind('corpus'));
}

/**
 * A source heard by two guards side by side, both recorded; the right one returns to the left, and
 * the left one to itself. Links: 0 past→left, 1 past→right, 2 left→out, 3 right→out, 4 right~>left,
 * 5 left~>left.
 */
export function guarded(isolation: 'inline' | 'process' = 'inline', past = source()): Scenario {
  return scenario(
    [
      past,
      { ...casting('left', {}, kind('guard')), isolation },
      { ...casting('right', { ceilingDb: -18 }, kind('guard')), isolation },
      casting('out', {}, kind('recorder')),
    ],
    [
      audioLink('past', 'left'),
      audioLink('past', 'right'),
      audioLink('left', 'out'),
      audioLink('right', 'out'),
      audioLink('right', 'left', { delaySamples: 300 }),
      audioLink('left', 'left', { delaySamples: 250, gain: 0.5, laps: 3 }),
    ],
    { limits: { laps: 8 } },
  );
}
