// A control takes effect by logical time alone: whoever is given the same controls at the same
// times repeats the run, whatever the pace, and no message is lost to the count.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/scenarios/index.js';
import { plannedFrom } from '../../../src/swarm/index.js';
import type { ControlRequest } from '../../../src/telemetry/index.js';
import { play } from '../play.js';
import { swarms } from '../random-swarms.js';
import { type Cue, type SteeredRun, steered } from './steered-play.js';

const SECONDS = 0.3;

type Draw = (piece: Scenario) => ControlRequest | undefined;

const draws: fc.Arbitrary<Draw> = fc
  .record({
    name: fc.constantFrom('pause-loop', 'mute', 'gain', 'delay'),
    pick: fc.nat(30),
    on: fc.boolean(),
    amount: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ name, pick, on, amount }) => ({ topology }) => {
    const { loops, links, members } = topology;
    const agents = [...members.keys()];
    const returns = [...links.keys()].filter((i) => links[i]?.way === 'returns');
    if (name === 'mute') return { name, agent: agents[pick % agents.length] as string, on };
    if (name === 'pause-loop') {
      return loops.length === 0 ? undefined : { name, loop: 1 + (pick % loops.length), on };
    }
    if (name === 'gain') {
      return links.length === 0
        ? undefined
        : { name, link: pick % links.length, gain: amount / 100 };
    }
    const index = returns[pick % Math.max(1, returns.length)];
    return index === undefined
      ? undefined
      : { name: 'delay', link: index, delaySeconds: amount / 1000 };
  });

const cueDraws = fc.array(fc.tuple(fc.nat(60), draws), { minLength: 1, maxLength: 6 });

const cuesFor = (piece: Scenario, drawn: readonly (readonly [number, Draw])[]): Cue[] =>
  drawn.flatMap(([after, draw]) => {
    const control = draw(piece);
    return control === undefined ? [] : [{ after, control }];
  });

function checkBalance({ summary }: Pick<SteeredRun, 'summary'>): void {
  for (const line of summary.links) {
    expect(line.sent).toBe(line.delivered + line.dropped + line.inFlight);
    expect(line.inFlight).toBeGreaterThanOrEqual(0);
  }
}

describe('over random swarms and random controls', () => {
  it('a run repeats when its controls are planned, at any pace', { timeout: 120_000 }, async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(swarms, cueDraws, async (make, drawn) => {
        const cues = cuesFor(make(3), drawn);
        const first = await steered(make(3), cues, { durationSeconds: SECONDS });
        const planned = plannedFrom(first.records);
        taken += planned.length;
        checkBalance(first);
        for (const turns of [0, 5]) {
          const options = { durationSeconds: SECONDS, plannedControls: planned };
          const again = await play(make(turns), options);
          checkBalance(again);
          expect(again.summary.journal.digest).toBe(first.summary.journal.digest);
        }
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(200);
  });
});
