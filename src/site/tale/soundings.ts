import type { DroppedRecord } from '../../archive/index.js';
import type { Scenario } from '../../scenarios/index.js';
import type { Summary } from './summary.js';
import type { Utterance } from './utterance.js';

/** A sound that was sent to a recorder and not lost on the way, in logical seconds. */
export interface Sounding {
  readonly said: Utterance;
  readonly recorder: string;
  readonly from: number;
  readonly to: number;
}

/** A way to a recorder: from an agent's port, after a delay. */
export interface WayOut {
  readonly from: string;
  readonly recorder: string;
  readonly delaySeconds: number;
}

/**
 * The ways to the recorders: from the scenario where it is known, else from the summary, which
 * knows no delays, so that only feeding links count then.
 */
export function waysOut(scenario?: Scenario, summary?: Summary): readonly WayOut[] {
  if (scenario !== undefined) return waysOfScenario(scenario);
  const recorders = new Set(recordersOf(summary?.agents ?? []));
  return (summary?.links ?? []).flatMap(({ from, to, way }) => {
    const recorder = to.slice(0, to.lastIndexOf('.'));
    if (way !== 'feeds' || !recorders.has(recorder)) return [];
    return [{ from, recorder, delaySeconds: 0 }];
  });
}

/** The ids of the agents that are recorders. */
export function recordersOf(agents: Summary['agents']): readonly string[] {
  return agents.filter(({ kind }) => kind === 'recorder').map(({ id }) => id);
}

function waysOfScenario({ cast, topology, sampleRate }: Scenario): readonly WayOut[] {
  const recorders = new Set(cast.filter(({ kind }) => kind.kind === 'recorder').map((c) => c.id));
  return topology.links
    .filter(({ to }) => recorders.has(to.agent))
    .map(({ from, to, delaySamples }) => ({
      from: `${from.agent}.${from.port}`,
      recorder: to.agent,
      delaySeconds: delaySamples / sampleRate,
    }));
}

/** Every sound that reached out, by the moment it began. */
export function soundingsOf(
  said: readonly Utterance[],
  ways: readonly WayOut[],
  dropped: readonly DroppedRecord[],
): readonly Sounding[] {
  const lost = new Set(dropped.map(({ id, link }) => `${id} ${endOf(link)}`));
  return said
    .filter(({ record, seconds }) => record.carries === 'audio' && seconds > 0)
    .flatMap((one) =>
      ways
        .filter(({ from }) => from === one.record.from)
        .filter(({ recorder }) => !lost.has(`${one.id} ${recorder}`))
        .map(({ recorder, delaySeconds }) => {
          const from = one.at + delaySeconds;
          return { said: one, recorder, from, to: from + one.seconds };
        }),
    )
    .toSorted((a, b) => a.from - b.from);
}

/** The agent that a link leads to, from the link as the journal writes it. */
function endOf(link: string): string {
  const to = link.split(/\s*[-~]>\s*/).at(-1) ?? '';
  return to.slice(0, to.lastIndexOf('.'));
}
