import { z } from 'zod';
import { defineAgent } from '../agents/index.js';
import { type Audio, port } from '../core/index.js';
import type { Casting, Scenario } from '../scenarios/index.js';
import { type Link, checkTopology } from '../topologies/index.js';
import type { Circuit } from './circuit.js';
import { asHeard } from './spectrum.js';

/** What is sent into a circuit: the probe, and what is heard aside. */
export interface Sent {
  readonly probe: Audio;
  readonly past: Audio;
}

/** No agent of a scenario can be called so. */
export const PROBE_ID = 'atlas-probe';

/** Says, at the first instant, what goes aside and then the probe; and nothing more. */
const probeKind = (carries: Circuit['carries'], { probe, past }: Sent) =>
  defineAgent({
    kind: 'probe',
    summary: 'says one sound, once',
    params: z.object({}),
    inputs: {},
    outputs: {
      audio: port.audio('the probe'),
      mel: port.mel('the probe as a mel'),
      descriptors: port.descriptors('the probe described'),
      past: port.audio('a stretch of the corpus'),
    },
    ticks: () => ({ everySeconds: 1, count: 1 }),
    start: () => null,
    receive: (state) => {
      const signal = asHeard(carries, probe);
      const said = { port: carries, signal } as { port: 'audio'; signal: Audio };
      return { state, emit: [{ port: 'past', signal: past }, said] };
    },
  });

/**
 * One circuit alone: its agents as they are cast, its links, a probe that enters where the ear is.
 * What thins or ends a stream (`laps`, `every`, `probability`) is lifted: there is one sound only,
 * and the question is what becomes of it if it does come round.
 */
export function settingOf(
  scenario: Scenario,
  circuit: Circuit,
  sent: Sent,
  { seed, lapsMax }: { readonly seed: number; readonly lapsMax: number },
): Scenario {
  const cast = [
    sourceOf(circuit, sent),
    ...scenario.cast.filter(({ id }) => circuit.members.includes(id)),
  ];
  const members = cast.map(({ id, kind: { inputs, outputs } }) => ({ id, inputs, outputs }));
  const topology = checkTopology(members, linksOf(circuit, lapsMax));
  if (!topology.ok) throw new Error(topology.problems.map(({ says }) => says).join('; '));
  return {
    ...scenario,
    title: `${scenario.title}: ${circuit.name}`,
    seed,
    clock: 'virtual',
    durationSeconds: undefined,
    limits: { ...scenario.limits, laps: lapsMax },
    cast,
    topology: topology.value,
  };
}

const STRAIGHT = {
  way: 'feeds',
  delaySamples: 0,
  gain: 1,
  every: 1,
  probability: 1,
  laps: 1000,
  keep: 'oldest',
} as const;

function sourceOf({ carries }: Circuit, sent: Sent): Casting {
  const kind = probeKind(carries, sent);
  return { id: PROBE_ID, kind, params: {}, written: {}, runs: {}, isolation: 'inline' };
}

/** What goes aside is written first, so that it is heard before the probe. */
function linksOf({ sides, ear, carries, links }: Circuit, laps: number): readonly Link[] {
  const to = (side: Link['to'], from: string): Link => {
    return { from: { agent: PROBE_ID, port: from }, to: side, ...STRAIGHT };
  };
  return [
    ...sides.map((side) => to(side, 'past')),
    to(ear.to, carries),
    ...links.map((link) => ({ ...link, laps, every: 1, probability: 1 })),
  ];
}
